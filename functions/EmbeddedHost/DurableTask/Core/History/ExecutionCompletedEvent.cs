namespace DurableTask.Core.History;

/// <summary>The orchestration ended.</summary>
public sealed class ExecutionCompletedEvent : HistoryEvent
{
    internal ExecutionCompletedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionCompleted;

    /// <summary>How it ended.</summary>
    public OrchestrationStatus OrchestrationStatus { get; init; }

    /// <summary>The serialized result; of a failure its message.</summary>
    public string? Result { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public FailureDetails? FailureDetails { get; init; }
}
