namespace DurableTask.Core.History;

/// <summary>A sub-orchestration returned.</summary>
public sealed class SubOrchestrationInstanceCompletedEvent : HistoryEvent
{
    internal SubOrchestrationInstanceCompletedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.SubOrchestrationInstanceCompleted;

    /// <summary>The number of the request.</summary>
    public int TaskScheduledId { get; init; }

    /// <summary>The serialized result.</summary>
    public string? Result { get; init; }
}
