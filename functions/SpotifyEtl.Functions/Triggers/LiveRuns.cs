using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Triggers;

/// <summary>Finds the runs of a task hub: the instances of RunEtl, without their sub-orchestrations.</summary>
public static class LiveRuns
{
    /// <summary>The statuses of an instance that has not ended.</summary>
    public static readonly OrchestrationRuntimeStatus[] Statuses =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Every status that an instance may have.</summary>
    public static readonly OrchestrationRuntimeStatus[] AllStatuses =
        [.. Statuses, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>A run that has not ended, or null.</summary>
    public static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: Statuses)).WithCancellation(cancellationToken))
        {
            if (IsRun(instance))
            {
                return instance;
            }
        }

        return null;
    }

    public static bool IsRun(OrchestrationMetadata instance) => string.Equals(instance.Name, nameof(RunEtl), StringComparison.OrdinalIgnoreCase);
}
