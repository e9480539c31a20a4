using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

/// <summary>A committed activity that has no result yet.</summary>
internal sealed class QueuedActivity(long id, long instanceKey, TaskMessage message)
{
    public long Id => id;

    public long InstanceKey => instanceKey;

    public TaskMessage Message => message;

    /// <summary>How often it was delivered and came to nothing.</summary>
    public int Deliveries { get; set; }

    /// <summary>Whether its instance has been removed.</summary>
    public bool IsDiscarded { get; set; }
}
