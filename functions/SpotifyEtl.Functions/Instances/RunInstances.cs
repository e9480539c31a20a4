using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

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

    /// <summary>The run's status that is the instance's.</summary>
    public static RunStatus StatusOf(OrchestrationRuntimeStatus instance) => instance switch
    {
        OrchestrationRuntimeStatus.Completed => RunStatus.Succeeded,
        OrchestrationRuntimeStatus.Failed => RunStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => RunStatus.Cancelled,
        OrchestrationRuntimeStatus.Suspended => RunStatus.Suspended,
        _ => RunStatus.Running,
    };

    /// <summary>The statuses that a run may have on a host, which goes on with what was interrupted.</summary>
    public static IReadOnlyList<RunStatus> Statuses { get; } =
        [RunStatus.Running, RunStatus.Suspended, RunStatus.Succeeded, RunStatus.Failed, RunStatus.Cancelled];

    /// <summary>The statuses of the instances whose run has this one.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> InstancesOf(RunStatus run) => run switch
    {
        RunStatus.Succeeded => [OrchestrationRuntimeStatus.Completed],
        RunStatus.Failed => [OrchestrationRuntimeStatus.Failed],
        RunStatus.Cancelled => [OrchestrationRuntimeStatus.Terminated],
        RunStatus.Suspended => [OrchestrationRuntimeStatus.Suspended],
        _ => [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running],
    };

    public static bool IsRun(OrchestrationMetadata instance) => string.Equals(instance.Name, nameof(RunEtl), StringComparison.OrdinalIgnoreCase);

    /// <summary>The run of this id, with what it was asked for and gave; null: there is none.</summary>
    public static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { } instance && IsRun(instance) ? instance : null;

    /// <summary>The runs that have not ended, with what they were asked for.</summary>
    public static IAsyncEnumerable<OrchestrationMetadata> ListLiveAsync(DurableTaskClient client) =>
        client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: Live, FetchInputsAndOutputs: true)).Where(IsRun);
}
