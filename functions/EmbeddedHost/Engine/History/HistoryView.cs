using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Told = DurableTask.Core.History;

namespace EmbeddedHost.Engine.History;

/// <summary>A history as clients read it: with the bounds of its steps, each request before its answer.</summary>
internal static class HistoryView
{
    private const int NotAsked = -1;

    public static List<Told.HistoryEvent> Of(OrchestrationInstance instance, IReadOnlyList<List<HistoryEvent>> steps)
    {
        Dictionary<int, DateTime> due = [];
        List<Told.HistoryEvent> view = [];
        foreach (var step in steps)
        {
            foreach (var historyEvent in step)
            {
                if (historyEvent is TimerCreated timer)
                {
                    due[timer.TaskId] = timer.FireAt;
                }

                view.Add(Of(instance, historyEvent, due));
            }

            view.Add(new OrchestratorCompletedEvent(NotAsked) { Timestamp = step[0].At });
        }

        return view;
    }

    private static Told.HistoryEvent Of(OrchestrationInstance instance, HistoryEvent historyEvent, Dictionary<int, DateTime> due)
    {
        var at = historyEvent.At;
        return historyEvent switch
        {
            OrchestratorStarted => new OrchestratorStartedEvent(NotAsked) { Timestamp = at },
            ExecutionStarted started => new ExecutionStartedEvent(NotAsked)
            {
                Timestamp = at,
                Name = started.Name,
                Version = instance.Version,
                Input = started.Input,
                Tags = instance.Tags is { } tags ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags) : null,
                ParentInstance = ParentOf(instance),
                ScheduledStartTime = instance.StartAt,
            },
            ExecutionCompleted completed => new ExecutionCompletedEvent(NotAsked)
            {
                Timestamp = at,
                OrchestrationStatus = Enum.Parse<OrchestrationStatus>(completed.Status.ToString()),
                Result = completed.Failure?.ErrorMessage ?? completed.Result,
                FailureDetails = Of(completed.Failure),
            },
            ExecutionTerminated terminated => new ExecutionTerminatedEvent(NotAsked) { Timestamp = at, Input = terminated.Output },
            ExecutionSuspended suspended => new ExecutionSuspendedEvent(NotAsked) { Timestamp = at, Reason = suspended.Reason },
            ExecutionResumed resumed => new ExecutionResumedEvent(NotAsked) { Timestamp = at, Reason = resumed.Reason },
            ExecutionRewound rewound => new ExecutionRewoundEvent(NotAsked) { Timestamp = at, Reason = rewound.Reason },
            TaskScheduled asked => new TaskScheduledEvent(asked.TaskId)
            {
                Timestamp = at,
                Name = asked.Name,
                Version = asked.Version,
                Input = asked.Input,
                Tags = asked.Tags,
            },
            TaskCompleted completed => new TaskCompletedEvent(NotAsked) { Timestamp = at, TaskScheduledId = completed.TaskId, Result = completed.Result },
            TaskFailed failed => new TaskFailedEvent(NotAsked)
            {
                Timestamp = at,
                TaskScheduledId = failed.TaskId,
                Reason = failed.Failure.ErrorMessage,
                FailureDetails = Of(failed.Failure),
            },
            SubOrchestrationCreated asked => new SubOrchestrationInstanceCreatedEvent(asked.TaskId)
            {
                Timestamp = at,
                Name = asked.Name,
                InstanceId = asked.InstanceId,
                Version = asked.Version,
                Input = asked.Input,
                Tags = asked.Tags,
            },
            SubOrchestrationCompleted completed => new SubOrchestrationInstanceCompletedEvent(NotAsked)
            {
                Timestamp = at,
                TaskScheduledId = completed.TaskId,
                Result = completed.Result,
            },
            SubOrchestrationFailed failed => new SubOrchestrationInstanceFailedEvent(NotAsked)
            {
                Timestamp = at,
                TaskScheduledId = failed.TaskId,
                Reason = failed.Failure.ErrorMessage,
                FailureDetails = Of(failed.Failure),
            },
            TimerCreated asked => new TimerCreatedEvent(asked.TaskId) { Timestamp = at, FireAt = asked.FireAt },
            TimerFired fired => new TimerFiredEvent(NotAsked) { Timestamp = at, TimerId = fired.TaskId, FireAt = due.GetValueOrDefault(fired.TaskId) },
            EventSent sent => new EventSentEvent(sent.TaskId) { Timestamp = at, InstanceId = sent.InstanceId, Name = sent.Name, Input = sent.Input },
            EventRaised raised => new EventRaisedEvent(NotAsked) { Timestamp = at, Name = raised.Name, Input = raised.Input },
            _ => throw new InvalidOperationException($"The history of '{instance.InstanceId}' holds a {historyEvent.GetType().Name}, which has no public form."),
        };
    }

    private static ParentInstance? ParentOf(OrchestrationInstance instance) => instance.Parent is not { } parent ? null : new ParentInstance
    {
        Name = parent.Name,
        OrchestrationInstance = new global::DurableTask.Core.OrchestrationInstance { InstanceId = parent.InstanceId, ExecutionId = parent.ExecutionId },
        TaskScheduleId = parent.TaskId,
    };

    private static FailureDetails? Of(TaskFailureDetails? failure) =>
        failure is null ? null : new FailureDetails(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Of(failure.InnerFailure));
}
