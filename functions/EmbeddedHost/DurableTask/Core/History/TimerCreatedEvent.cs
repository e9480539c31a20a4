namespace DurableTask.Core.History;

/// <summary>The code asked for a timer.</summary>
public sealed class TimerCreatedEvent : HistoryEvent
{
    internal TimerCreatedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.TimerCreated;

    /// <summary>When it is due (UTC).</summary>
    public DateTime FireAt { get; init; }
}
