namespace DurableTask.Core.History;

/// <summary>The orchestration was let go on.</summary>
public sealed class ExecutionResumedEvent : HistoryEvent
{
    internal ExecutionResumedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionResumed;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
