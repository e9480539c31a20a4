using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

internal static class InstanceStatus
{
    /// <summary>A condition for rows of instances that have not ended.</summary>
    public const string LiveSql = "status IN ('Pending', 'Running', 'Suspended')";

    /// <summary>A condition for rows of instances that have ended.</summary>
    public const string EndedSql = "status NOT IN ('Pending', 'Running', 'Suspended')";

    public static bool IsLive(OrchestrationStatus status) =>
        status is OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended;
}
