namespace DurableTask.Core.History;

/// <summary>The orchestration was started.</summary>
public sealed class ExecutionStartedEvent : HistoryEvent
{
    internal ExecutionStartedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.ExecutionStarted;

    /// <summary>The orchestrator's name.</summary>
    public string? Name { get; init; }

    /// <summary>The version; empty where there is none.</summary>
    public string? Version { get; init; }

    /// <summary>The serialized input.</summary>
    public string? Input { get; init; }

    /// <summary>The tags it was started with, or null.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The orchestration that called it, or null.</summary>
    public ParentInstance? ParentInstance { get; init; }

    /// <summary>When it was to start (UTC); null: at once.</summary>
    public DateTime? ScheduledStartTime { get; init; }
}
