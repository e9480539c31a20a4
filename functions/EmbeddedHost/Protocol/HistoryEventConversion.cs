using DurableTask.Core.History;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

/// <summary>
/// History events as the worker replays them and as a client reads them. Two things of Core have no place in the protocol:
/// the generation of an instance and the trace of a raised event. The trace of a sub-orchestration travels in the
/// ExecutionStarted event of the child; Core keeps only half of it (the span id) in the parent's event.
/// </summary>
internal static class HistoryEventConversion
{
    /// <exception cref="NotSupportedException">The event is of a kind that the protocol has no message for.</exception>
    public static P.HistoryEvent ToProto(this HistoryEvent historyEvent)
    {
        P.HistoryEvent proto = historyEvent switch
        {
            ExecutionStartedEvent e => new() { ExecutionStarted = Started(e) },
            ContinueAsNewEvent e => new() { ContinueAsNew = new() { Input = e.Result } },
            ExecutionCompletedEvent e => new()
            {
                ExecutionCompleted = new()
                {
                    OrchestrationStatus = e.OrchestrationStatus.ToProto(),
                    Result = e.Result,
                    FailureDetails = e.FailureDetails.ToProto(),
                },
            },
            ExecutionTerminatedEvent e => new() { ExecutionTerminated = new() { Input = e.Input } },
            ExecutionSuspendedEvent e => new() { ExecutionSuspended = new() { Input = e.Reason } },
            ExecutionResumedEvent e => new() { ExecutionResumed = new() { Input = e.Reason } },
            ExecutionRewoundEvent e => new()
            {
                ExecutionRewound = new()
                {
                    Reason = e.Reason,
                    ParentExecutionId = e.ParentExecutionId,
                    InstanceId = e.InstanceId,
                    ParentTraceContext = e.ParentTraceContext.ToProto(),
                },
            },
            TaskScheduledEvent e => new() { TaskScheduled = Scheduled(e) },
            TaskCompletedEvent e => new() { TaskCompleted = new() { TaskScheduledId = e.TaskScheduledId, Result = e.Result } },
            TaskFailedEvent e => new()
            {
                TaskFailed = new() { TaskScheduledId = e.TaskScheduledId, FailureDetails = Failure(e.FailureDetails, e.Reason, e.Details) },
            },
            SubOrchestrationInstanceCreatedEvent e => new() { SubOrchestrationInstanceCreated = Created(e) },
            SubOrchestrationInstanceCompletedEvent e => new()
            {
                SubOrchestrationInstanceCompleted = new() { TaskScheduledId = e.TaskScheduledId, Result = e.Result },
            },
            SubOrchestrationInstanceFailedEvent e => new()
            {
                SubOrchestrationInstanceFailed = new() { TaskScheduledId = e.TaskScheduledId, FailureDetails = Failure(e.FailureDetails, e.Reason, e.Details) },
            },
            TimerCreatedEvent e => new() { TimerCreated = new() { FireAt = e.FireAt.ToProto() } },
            TimerFiredEvent e => new() { TimerFired = new() { FireAt = e.FireAt.ToProto(), TimerId = e.TimerId } },
            OrchestratorStartedEvent => new() { OrchestratorStarted = new() },
            OrchestratorCompletedEvent => new() { OrchestratorCompleted = new() },
            EventSentEvent e => new() { EventSent = new() { InstanceId = e.InstanceId ?? "", Name = e.Name ?? "", Input = e.Input } },
            EventRaisedEvent e => new() { EventRaised = new() { Name = e.Name ?? "", Input = e.Input } },
            GenericEvent e => new() { GenericEvent = new() { Data = e.Data } },
            HistoryStateEvent e => new() { HistoryState = new() { OrchestrationState = e.State.ToProto() } },
            _ => throw new NotSupportedException($"The worker protocol has no message for a history event of type {historyEvent.EventType}."),
        };
        proto.EventId = historyEvent.EventId;
        proto.Timestamp = historyEvent.Timestamp.ToProto();
        return proto;
    }

    private static P.ExecutionStartedEvent Started(ExecutionStartedEvent started)
    {
        P.ExecutionStartedEvent proto = new()
        {
            Name = started.Name ?? "",
            Version = started.Version,
            Input = started.Input,
            OrchestrationInstance = started.OrchestrationInstance.ToProto(),
            ParentInstance = started.ParentInstance.ToProto(),
            ScheduledStartTimestamp = started.ScheduledStartTime.ToProto(),
            ParentTraceContext = started.ParentTraceContext.ToProto(),
            OrchestrationSpanID = started.ParentTraceContext?.SpanId,
        };
        proto.Tags.AddAll(started.Tags);
        return proto;
    }

    private static P.TaskScheduledEvent Scheduled(TaskScheduledEvent scheduled)
    {
        P.TaskScheduledEvent proto = new()
        {
            Name = scheduled.Name ?? "",
            Version = scheduled.Version,
            Input = scheduled.Input,
            ParentTraceContext = scheduled.ParentTraceContext.ToProto(),
        };
        proto.Tags.AddAll(scheduled.Tags);
        return proto;
    }

    private static P.SubOrchestrationInstanceCreatedEvent Created(SubOrchestrationInstanceCreatedEvent created)
    {
        P.SubOrchestrationInstanceCreatedEvent proto = new()
        {
            InstanceId = created.InstanceId ?? "",
            Name = created.Name ?? "",
            Version = created.Version,
            Input = created.Input,
        };
        proto.Tags.AddAll(created.Tags);
        return proto;
    }

    /// <summary>
    /// A failure that Core raised by itself has a reason and no details; without them the worker would hand a null to the
    /// orchestrator's catch block.
    /// </summary>
    private static P.TaskFailureDetails? Failure(DurableTask.Core.FailureDetails? details, string? reason, string? stackTrace) =>
        details.ToProto() ?? (reason is null && stackTrace is null
            ? null
            : new P.TaskFailureDetails { ErrorType = "(unknown)", ErrorMessage = reason ?? "", StackTrace = stackTrace });
}
