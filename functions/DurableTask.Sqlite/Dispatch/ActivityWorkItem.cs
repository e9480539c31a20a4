using DurableTask.Core;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>An activity that is given to a dispatcher.</summary>
internal sealed class ActivityWorkItem : TaskActivityWorkItem
{
    public required QueuedActivity Activity { get; init; }

    /// <summary>Where it comes from: the file may have been made anew since.</summary>
    public OpenStore Store { get; set; } = null!;

    /// <summary>Where it is noted that this is worked on.</summary>
    public int NoteSlot { get; set; }

    /// <summary>Whether it has a result that the disk did not take: to be done again, by no fault of its own.</summary>
    public bool HasLostResult { get; set; }

    /// <summary>Whether it was completed or given back.</summary>
    public bool IsSettled { get; set; }
}
