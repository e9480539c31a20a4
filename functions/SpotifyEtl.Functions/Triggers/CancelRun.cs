using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Triggers;

/// <summary>
/// POST /api/runs/{runId}/cancel: ends a run and its parts. What it has written stays; files that it has not come to are loaded by the next
/// run. (The management API's terminate ends an orchestration alone: its parts go on, unheard.)
/// </summary>
public sealed class CancelRun(TimeProvider time)
{
    private const string Reason = "Cancelled.";

    // A run that has not ended yet could begin another part; it ends with its next step, so this is long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Function(nameof(CancelRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/cancel")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(runId, cancellationToken) is not { } instance || !LiveRuns.IsRun(instance))
        {
            return new NotFoundObjectResult(ErrorAnswer.NoRun(runId));
        }

        if (instance.IsCompleted || !await TryTerminateAsync(client, runId, cancellationToken))
        {
            return new ConflictObjectResult(new ErrorAnswer($"Run {runId} has ended: there is nothing to cancel."));
        }

        EtlTelemetry.Runs.Add(1, EtlTelemetry.Status("cancelled"));
        await EndAsync(client, runId, cancellationToken);
        List<string> parts = [];
        await foreach (var part in client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: LiveRuns.Statuses, InstanceIdPrefix: runId + ":")).WithCancellation(cancellationToken))
        {
            parts.Add(part.InstanceId);
            await TryTerminateAsync(client, part.InstanceId, cancellationToken);
        }

        await Task.WhenAll(parts.Select(part => EndAsync(client, part, cancellationToken)));
        return await client.GetInstanceAsync(runId, cancellationToken) is { IsCompleted: true } ended
            ? new OkObjectResult(RunSummary.Of(ended))
            : new AcceptedResult((string?)null, RunSummary.Of(instance));
    }

    private async Task EndAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await client.WaitForInstanceCompletionAsync(instanceId, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It will end; only the answer does not wait for it.
        }
    }

    // False when it ended by itself meanwhile, which each host tells by an exception of another type.
    private static async Task<bool> TryTerminateAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            await client.TerminateInstanceAsync(instanceId, Reason, cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Rethrown unless the instance has ended.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
            {
                throw;
            }

            return false;
        }
    }
}
