using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

/// <summary>What is known of an instance without reading what may be large.</summary>
internal readonly record struct InstanceRow(long Key, string InstanceId, string? ExecutionId, OrchestrationStatus Status, int Generation)
{
    public bool IsLive => InstanceStatus.IsLive(Status);

    /// <summary>Whether it has a history.</summary>
    public bool HasBegun => Status != OrchestrationStatus.Pending;
}
