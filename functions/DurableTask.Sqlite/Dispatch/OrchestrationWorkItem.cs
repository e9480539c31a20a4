using DurableTask.Core;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>An instance that is locked for a dispatcher, with the messages that its next checkpoint takes up.</summary>
internal sealed class OrchestrationWorkItem : TaskOrchestrationWorkItem
{
    public required Mailbox Mailbox { get; init; }

    /// <summary>Where it comes from: the file may have been made anew since.</summary>
    public OpenStore Store { get; set; } = null!;

    /// <summary>Cancelled when its dispatcher is being stopped.</summary>
    public CancellationToken Dispatching { get; init; }

    /// <summary>The messages that it was given and that no checkpoint has taken up.</summary>
    public List<Letter> Taken { get; set; } = [];

    /// <summary>How far the clock of durations was ahead of the system's when it was given them, in ticks.</summary>
    public long ClockAhead { get; set; }

    /// <summary>How many checkpoints it has made.</summary>
    public int Checkpoints { get; set; }

    /// <summary>Where it is noted that this is worked on.</summary>
    public int NoteSlot { get; set; }
}
