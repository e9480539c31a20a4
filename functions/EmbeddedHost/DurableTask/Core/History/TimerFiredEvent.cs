namespace DurableTask.Core.History;

/// <summary>A timer was due.</summary>
public sealed class TimerFiredEvent : HistoryEvent
{
    internal TimerFiredEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.TimerFired;

    /// <summary>The number of the request.</summary>
    public int TimerId { get; init; }

    /// <summary>When it was due (UTC).</summary>
    public DateTime FireAt { get; init; }
}
