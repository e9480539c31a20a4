namespace DurableTask.Core.History;

/// <summary>An activity returned.</summary>
public sealed class TaskCompletedEvent : HistoryEvent
{
    internal TaskCompletedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.TaskCompleted;

    /// <summary>The number of the request.</summary>
    public int TaskScheduledId { get; init; }

    /// <summary>The serialized result.</summary>
    public string? Result { get; init; }
}
