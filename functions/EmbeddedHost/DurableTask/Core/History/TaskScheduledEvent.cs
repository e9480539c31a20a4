namespace DurableTask.Core.History;

/// <summary>The code asked for an activity.</summary>
public sealed class TaskScheduledEvent : HistoryEvent
{
    internal TaskScheduledEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.TaskScheduled;

    /// <summary>The activity's name.</summary>
    public string? Name { get; init; }

    /// <summary>The version asked for, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The serialized input.</summary>
    public string? Input { get; init; }

    /// <summary>The tags of the call, or null.</summary>
    public IDictionary<string, string>? Tags { get; init; }
}
