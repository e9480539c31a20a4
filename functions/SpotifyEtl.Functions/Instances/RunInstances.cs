using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Instances;

/// <summary>Finds the runs of a task hub: the instances of RunEtl, without their sub-orchestrations.</summary>
public static class RunInstances
{
    /// <summary>The statuses of an instance that has not ended.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Live { get; } =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>The statuses of one that has.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Ended { get; } =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Every status that an instance may have.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Statuses { get; } = [.. Live, .. Ended];

    public static bool IsRun(OrchestrationMetadata instance) => string.Equals(instance.Name, nameof(RunEtl), StringComparison.OrdinalIgnoreCase);

    /// <summary>The run of this id, with what it was asked for and gave; null: there is none.</summary>
    public static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { } instance && IsRun(instance) ? instance : null;

    /// <summary>The runs that have not ended, with what they were asked for.</summary>
    public static IAsyncEnumerable<OrchestrationMetadata> ListLiveAsync(DurableTaskClient client) =>
        client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: Live, FetchInputsAndOutputs: true)).Where(IsRun);
}
