using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;

namespace SpotifyEtl.Triggers;

/// <summary>POST /api/runs/{runId}/cancel: ends a run and its parts.</summary>
public sealed class CancelRun(RunCancellation cancellation)
{
    [Function(nameof(CancelRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/cancel")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await RunInstances.FindAsync(client, runId, cancellationToken) is not { } instance)
        {
            return new NotFoundObjectResult(ErrorAnswer.NoRun(runId));
        }

        if (instance.IsCompleted || !await cancellation.TryAsync(client, runId, cancellationToken))
        {
            return new ConflictObjectResult(new ErrorAnswer($"Run {runId} has ended: there is nothing to cancel."));
        }

        return await client.GetInstanceAsync(runId, cancellationToken) is { IsCompleted: true } ended
            ? new OkObjectResult(RunSummary.Of(ended))
            : new AcceptedResult((string?)null, RunSummary.Of(instance));
    }
}
