namespace DurableTask.Core.History;

/// <summary>A failed orchestration went on from before its failures.</summary>
public sealed class ExecutionRewoundEvent : HistoryEvent
{
    internal ExecutionRewoundEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionRewound;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
