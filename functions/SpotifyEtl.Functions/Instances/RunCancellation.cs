using Microsoft.DurableTask.Client;
using SpotifyEtl.Runs;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Instances;

/// <summary>
/// Ends a run and its parts. What it has written stays; files that it has not come to are loaded by the next run. (The management API's
/// terminate ends an orchestration alone: its parts go on, unheard.)
/// </summary>
public sealed class RunCancellation(TimeProvider time, IEnumerable<IRunListener> listeners)
{
    private const string Reason = "Cancelled.";

    // A run that has not ended yet could begin another part; it ends with its next step, so this is long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Ends a run that has not ended, and waits a while until it has.</summary>
    /// <returns>False when it had ended by itself.</returns>
    public async Task<bool> TryAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken)
    {
        if (!await TryTerminateAsync(client, runId, cancellationToken))
        {
            return false;
        }

        EtlTelemetry.Runs.Add(1, EtlTelemetry.Status("cancelled"));
        await EndAsync(client, runId, cancellationToken);
        List<string> parts = [];
        OrchestrationQuery live = new(Statuses: RunInstances.Live, InstanceIdPrefix: runId + ":");
        await foreach (var part in client.GetAllInstancesAsync(live).WithCancellation(cancellationToken))
        {
            parts.Add(part.InstanceId);
            await TryTerminateAsync(client, part.InstanceId, cancellationToken);
        }

        await Task.WhenAll(parts.Select(part => EndAsync(client, part, cancellationToken)));
        foreach (var listener in listeners)
        {
            listener.OnCancelled(runId);
        }

        return true;
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
