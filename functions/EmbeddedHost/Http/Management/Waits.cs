using DurableTask.Core;

namespace EmbeddedHost.Http.Management;

/// <summary>Waits for an instance on behalf of a caller who waits for the answer.</summary>
/// <param name="longest">A longer wait is cut short: the answer must be out before the request's own time is over.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">The host stops, and lets no caller wait any longer.</param>
internal sealed class Waits(TimeSpan longest, TimeProvider time, CancellationToken stopping)
{
    /// <summary>The instance once it has ended, or null when it did not in time.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<OrchestrationState?> ForEndAsync(
        IOrchestrationServiceClient client, string instanceId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource waited = new(timeout < longest ? timeout : longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waited.Token, stopping, cancellationToken);
        try
        {
            return await client.WaitForOrchestrationAsync(instanceId, null, Timeout.InfiniteTimeSpan, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
