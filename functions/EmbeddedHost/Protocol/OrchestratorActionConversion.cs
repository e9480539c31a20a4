using DurableTask.Core.Command;
using DurableTask.Core.History;
using ActionCase = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

/// <summary>
/// What an orchestrator decided, for Core's dispatcher. A trace context of the worker is left behind on purpose: Core
/// gives each scheduled event a span of the orchestration's own trace and has no place for another.
/// </summary>
internal static class OrchestratorActionConversion
{
    /// <exception cref="NotSupportedException">Core has no counterpart for the action, or the host does not offer it.</exception>
    public static OrchestratorAction ToCore(this P.OrchestratorAction action)
    {
        OrchestratorAction converted = action.OrchestratorActionTypeCase switch
        {
            ActionCase.ScheduleTask => new ScheduleTaskOrchestratorAction
            {
                Name = action.ScheduleTask.Name,
                Version = action.ScheduleTask.Version,
                Input = action.ScheduleTask.Input,
                Tags = action.ScheduleTask.Tags.ToCore(),
            },
            ActionCase.CreateSubOrchestration => new CreateSubOrchestrationAction
            {
                Name = action.CreateSubOrchestration.Name,
                Version = action.CreateSubOrchestration.Version,
                InstanceId = action.CreateSubOrchestration.InstanceId,
                Input = action.CreateSubOrchestration.Input,
                Tags = action.CreateSubOrchestration.Tags.ToCore(),
            },
            ActionCase.CreateTimer => new CreateTimerOrchestratorAction { FireAt = action.CreateTimer.FireAt.ToDateTime() },
            ActionCase.SendEvent => new SendEventOrchestratorAction
            {
                Instance = action.SendEvent.Instance.ToCore(),
                EventName = action.SendEvent.Name,
                EventData = action.SendEvent.Data,
            },
            ActionCase.CompleteOrchestration => Completed(action.CompleteOrchestration),
            ActionCase.SendEntityMessage => throw new NotSupportedException(
                $"The orchestrator sent an entity message ({action.SendEntityMessage.EntityMessageTypeCase}): this host offers no durable entities."),
            ActionCase.TerminateOrchestration or ActionCase.RewindOrchestration or ActionCase.None => throw Unsupported(action),
            _ => throw Unsupported(action),
        };
        converted.Id = action.Id;
        return converted;
    }

    private static OrchestrationCompleteOrchestratorAction Completed(P.CompleteOrchestrationAction action)
    {
        OrchestrationCompleteOrchestratorAction completed = new()
        {
            OrchestrationStatus = action.OrchestrationStatus.ToCore(),
            Result = action.Result,
            Details = action.Details,
            NewVersion = action.NewVersion,
            FailureDetails = action.FailureDetails.ToCore(),
        };

        foreach (var carried in action.CarryoverEvents)
        {
            completed.CarryoverEvents.Add(Carried(carried));
        }

        foreach ((string key, string value) in action.Tags)
        {
            completed.Tags[key] = value;
        }

        return completed;
    }

    private static EventRaisedEvent Carried(P.HistoryEvent carried)
    {
        if (carried.EventRaised is not { } raised)
        {
            throw new NotSupportedException(
                $"The orchestrator continued as new and would carry over an event of type {carried.EventTypeCase}: only raised events can be carried over.");
        }

        EventRaisedEvent converted = new(carried.EventId, raised.Input) { Name = raised.Name };
        if (carried.Timestamp is { } time)
        {
            converted.Timestamp = time.ToDateTime();
        }

        return converted;
    }

    private static NotSupportedException Unsupported(P.OrchestratorAction action) => new(
        $"The orchestrator's action {action.Id} is of type {action.OrchestratorActionTypeCase}, which DurableTask.Core cannot carry out.");
}
