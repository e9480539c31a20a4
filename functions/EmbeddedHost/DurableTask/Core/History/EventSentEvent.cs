namespace DurableTask.Core.History;

/// <summary>The code sent an event to another instance.</summary>
public sealed class EventSentEvent : HistoryEvent
{
    internal EventSentEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.EventSent;

    /// <summary>The other instance's id.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The event's name.</summary>
    public string? Name { get; init; }

    /// <summary>The serialized payload.</summary>
    public string? Input { get; init; }
}
