using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace SpotifyEtl.Triggers;

/// <summary>GET /api/runs: the runs of this task hub, the newest first.</summary>
public sealed class ListRuns
{
    [Function(nameof(ListRuns))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        List<RunSummary> runs = [];
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery()).WithCancellation(cancellationToken))
        {
            if (LiveRuns.IsRun(instance))
            {
                runs.Add(RunSummary.Of(instance));
            }
        }

        return new OkObjectResult(runs.OrderByDescending(run => run.CreatedAt).ThenBy(run => run.RunId, StringComparer.Ordinal));
    }
}
