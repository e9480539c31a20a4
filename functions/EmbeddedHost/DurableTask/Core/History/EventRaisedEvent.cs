namespace DurableTask.Core.History;

/// <summary>An event arrived.</summary>
public sealed class EventRaisedEvent : HistoryEvent
{
    internal EventRaisedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.EventRaised;

    /// <summary>The event's name.</summary>
    public string? Name { get; init; }

    /// <summary>The serialized payload.</summary>
    public string? Input { get; init; }
}
