namespace DurableTask.Core.History;

/// <summary>The kinds of history events.</summary>
public enum EventType
{
    /// <summary>The orchestration was started.</summary>
    ExecutionStarted,

    /// <summary>The orchestration ended.</summary>
    ExecutionCompleted,

    /// <summary>Not used: an orchestration that fails has completed.</summary>
    ExecutionFailed,

    /// <summary>The orchestration was ended from outside.</summary>
    ExecutionTerminated,

    /// <summary>The code asked for an activity.</summary>
    TaskScheduled,

    /// <summary>An activity returned.</summary>
    TaskCompleted,

    /// <summary>An activity threw.</summary>
    TaskFailed,

    /// <summary>The code asked for a sub-orchestration.</summary>
    SubOrchestrationInstanceCreated,

    /// <summary>A sub-orchestration returned.</summary>
    SubOrchestrationInstanceCompleted,

    /// <summary>A sub-orchestration failed.</summary>
    SubOrchestrationInstanceFailed,

    /// <summary>The code asked for a timer.</summary>
    TimerCreated,

    /// <summary>A timer was due.</summary>
    TimerFired,

    /// <summary>A step began.</summary>
    OrchestratorStarted,

    /// <summary>A step ended.</summary>
    OrchestratorCompleted,

    /// <summary>The code sent an event.</summary>
    EventSent,

    /// <summary>An event arrived.</summary>
    EventRaised,

    /// <summary>Not used: a new beginning has a history of its own.</summary>
    ContinueAsNew,

    /// <summary>Not used.</summary>
    GenericEvent,

    /// <summary>Not used.</summary>
    HistoryState,

    /// <summary>The orchestration was held.</summary>
    ExecutionSuspended,

    /// <summary>The orchestration was let go on.</summary>
    ExecutionResumed,

    /// <summary>A failed orchestration went on from before its failures.</summary>
    ExecutionRewound,
}
