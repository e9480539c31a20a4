using EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>Removes ended instances with their histories. One that has not ended is never removed.</summary>
internal sealed class InstancePurge(HistoryStore store, InstanceQueries instances, TimeProvider time)
{
    private const int BatchSize = 100;

    private static readonly OrchestrationRuntimeStatus[] s_ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Removes one, and its ended sub-orchestrations if asked for.</summary>
    /// <returns>How many are gone: none when there is no instance of that id.</returns>
    /// <exception cref="InvalidOperationException">It has not ended.</exception>
    public Task<int> PurgeAsync(string instanceId, bool recursive) => store.WriteAsync(writer => Purge(writer, instanceId, recursive));

    /// <summary>Removes those that a filter lets through, some at a time.</summary>
    public async Task<PurgeResult> PurgeAsync(PurgeInstancesFilter filter, bool recursive, CancellationToken cancellationToken)
    {
        var statuses = filter.Statuses?.ToList() is { Count: > 0 } asked ? asked.Intersect(s_ended).ToList() : [.. s_ended];
        if (statuses.Count == 0)
        {
            return new PurgeResult(0, isComplete: true);
        }

        OrchestrationQuery query = new(filter.CreatedFrom, filter.CreatedTo, statuses);
        var start = time.GetTimestamp();
        var purged = 0;
        while (filter.Timeout is not { } timeout || time.GetElapsedTime(start) < timeout)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = instances.List(query, continuationToken: null, BatchSize);
            if (page.Values.Count == 0)
            {
                return new PurgeResult(purged, isComplete: true);
            }

            purged += await store.WriteAsync(writer => page.Values.Sum(instance =>
                // One that was replaced meanwhile is live again.
                StepCommit.IsLive(writer.FindStatus(instance.InstanceId)) ? 0 : Purge(writer, instance.InstanceId, recursive)));
        }

        return new PurgeResult(purged, isComplete: false);
    }

    private static int Purge(StoreWriter writer, string instanceId, bool recursive)
    {
        if (writer.FindStatus(instanceId) is not { } status)
        {
            return 0;
        }

        if (StepCommit.IsLive(status))
        {
            throw new InvalidOperationException(
                $"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID {instanceId} has status {status}");
        }

        var children = recursive ? writer.FindChildren(instanceId) : [];
        writer.DeleteInstance(instanceId);
        return 1 + children.Where(child => !StepCommit.IsLive(child.Status)).Sum(child => Purge(writer, child.InstanceId, recursive));
    }
}
