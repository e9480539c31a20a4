namespace DurableTask.Core.History;

/// <summary>The orchestration was held.</summary>
public sealed class ExecutionSuspendedEvent : HistoryEvent
{
    internal ExecutionSuspendedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionSuspended;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
