namespace DurableTask.Core.History;

/// <summary>An activity threw.</summary>
public sealed class TaskFailedEvent : HistoryEvent
{
    internal TaskFailedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.TaskFailed;

    /// <summary>The number of the request.</summary>
    public int TaskScheduledId { get; init; }

    /// <summary>The message of what went wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Not used.</summary>
    public string? Details { get; init; }

    /// <summary>What went wrong.</summary>
    public FailureDetails? FailureDetails { get; init; }
}
