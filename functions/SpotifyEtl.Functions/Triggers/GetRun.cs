using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>GET /api/runs/{runId}: how far a run is, or what it did.</summary>
public sealed class GetRun(RunRecords records, RunNotices notices)
{
    [Function(nameof(GetRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await RunInstances.FindAsync(client, runId, cancellationToken) is not { } instance)
        {
            return new NotFoundObjectResult(ErrorAnswer.NoRun(runId));
        }

        var record = instance.IsCompleted ? await records.LookAtRunAsync(runId, cancellationToken) : null;
        return new OkObjectResult(RunSummary.Of(instance) with
        {
            Progress = instance.IsCompleted ? null : instance.ReadCustomStatusAs<RunProgress>(),
            Notices = instance.IsCompleted || notices.Of(runId) is not { Count: > 0 } met ? null : met,
            Result = record?.Record ?? (instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<RunResult>() : null),
            Warning = record?.Problem,
            Failure = EndReason.Of(instance),
        });
    }
}
