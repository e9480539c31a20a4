namespace DurableTask.Core.History;

/// <summary>One thing that happened to an orchestration.</summary>
public abstract class HistoryEvent
{
    private protected HistoryEvent(int eventId) => EventId = eventId;

    /// <summary>The number of what the code asked for, from 0; -1 for what it did not ask for.</summary>
    public int EventId { get; }

    /// <summary>What kind of event it is.</summary>
    public abstract EventType EventType { get; }

    /// <summary>When it happened (UTC).</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>Whether the code has dealt with it: all that the history holds.</summary>
    public bool IsPlayed { get; init; } = true;
}
