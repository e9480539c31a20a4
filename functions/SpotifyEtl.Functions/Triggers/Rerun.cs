using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>POST /api/runs/{runId}/rerun: starts another run that is asked for the same, under the settings as they are now.</summary>
public sealed class Rerun(RunRequests requests, RunStarter starter)
{
    [Function(nameof(Rerun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/rerun")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await RunInstances.FindAsync(client, runId, cancellationToken) is not { } instance)
        {
            return new NotFoundObjectResult(ErrorAnswer.NoRun(runId));
        }

        return Repeat.Refusal(instance) is { } refusal
            ? new BadRequestObjectResult(new ErrorAnswer(refusal))
            : StartedRun.Answer(
                await starter.StartAsync(client, requests.CreateAgain(instance.ReadInputAs<RunRequest>()!), runId: null, cancellationToken), client);
    }
}
