namespace DurableTask.Core.History;

/// <summary>A sub-orchestration failed.</summary>
public sealed class SubOrchestrationInstanceFailedEvent : HistoryEvent
{
    internal SubOrchestrationInstanceFailedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.SubOrchestrationInstanceFailed;

    /// <summary>The number of the request.</summary>
    public int TaskScheduledId { get; init; }

    /// <summary>The message of what went wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Not used.</summary>
    public string? Details { get; init; }

    /// <summary>What went wrong.</summary>
    public FailureDetails? FailureDetails { get; init; }
}
