namespace DurableTask.Core.History;

/// <summary>A step ended.</summary>
public sealed class OrchestratorCompletedEvent : HistoryEvent
{
    internal OrchestratorCompletedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc />
    public override EventType EventType => EventType.OrchestratorCompleted;
}
