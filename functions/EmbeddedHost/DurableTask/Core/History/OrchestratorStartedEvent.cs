namespace DurableTask.Core.History;

/// <summary>A step began; its time is what the code saw as the current time.</summary>
public sealed class OrchestratorStartedEvent : HistoryEvent
{
    internal OrchestratorStartedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.OrchestratorStarted;
}
