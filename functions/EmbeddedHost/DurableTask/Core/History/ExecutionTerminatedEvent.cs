namespace DurableTask.Core.History;

/// <summary>The orchestration was ended from outside.</summary>
public sealed class ExecutionTerminatedEvent : HistoryEvent
{
    internal ExecutionTerminatedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionTerminated;

    /// <summary>The serialized output that it was given.</summary>
    public string? Input { get; init; }
}
