namespace DurableTask.Core.History;

/// <summary>The code asked for a sub-orchestration.</summary>
public sealed class SubOrchestrationInstanceCreatedEvent : HistoryEvent
{
    internal SubOrchestrationInstanceCreatedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.SubOrchestrationInstanceCreated;

    /// <summary>The orchestrator's name.</summary>
    public string? Name { get; init; }

    /// <summary>The sub-orchestration's id.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The version asked for, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The serialized input.</summary>
    public string? Input { get; init; }

    /// <summary>The tags of the call, or null.</summary>
    public IDictionary<string, string>? Tags { get; init; }
}
