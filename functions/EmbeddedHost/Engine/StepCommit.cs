using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>Writes one step, whole: its history, the instance's status, the messages it took up and sent, the sub-orchestrations it began.</summary>
internal static class StepCommit
{
    public static CommittedStep Apply(
        StoreWriter writer, LiveInstance live, StepOutcome outcome, IReadOnlyList<Message> taken, DateTime now, Func<long> nextMessageId)
    {
        writer.AddStep(live.Key, live.Steps + 1, outcome, now);
        foreach (var message in taken)
        {
            if (message.StoredId is { } id)
            {
                writer.DeleteMessage(id);
            }
        }

        List<StoredInstance> begun = [];
        List<StoredMessage> sent = [];
        foreach (var child in outcome.Actions.OfType<SubOrchestrationCreated>())
        {
            if (IsLive(writer.FindStatus(child.InstanceId)))
            {
                Send(live.Instance.InstanceId, live.Instance.ExecutionId, new SubOrchestrationFailed(child.TaskId, AlreadyExists(child)) { At = now });
            }
            else
            {
                var instance = NewInstance(live.Instance, child);
                begun.Add(new StoredInstance(writer.AddInstance(instance, now), instance, null));
            }
        }

        if (outcome.Completion is { } completion)
        {
            writer.DeleteMessagesOf(live.Instance.InstanceId);
            if (live.Instance.Parent is { } parent && IsLive(writer.FindStatus(parent.InstanceId)))
            {
                Send(parent.InstanceId, parent.ExecutionId, Answer(parent.TaskId, completion, now));
            }
        }

        return new CommittedStep(begun, sent);

        void Send(string instanceId, string executionId, HistoryEvent answer)
        {
            StoredMessage message = new(nextMessageId(), instanceId, executionId, answer);
            writer.AddMessage(message);
            sent.Add(message);
        }
    }

    public static bool IsLive(OrchestrationRuntimeStatus? status) =>
        status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended;

    private static OrchestrationInstance NewInstance(OrchestrationInstance parent, SubOrchestrationCreated child) => new(
        child.InstanceId,
        Guid.NewGuid().ToString("N"),
        child.Name,
        child.Input,
        new ParentRequest(parent.InstanceId, parent.ExecutionId, parent.Name, child.TaskId),
        StartAt: null);

    private static HistoryEvent Answer(int taskId, ExecutionCompleted completion, DateTime now) => completion.Failure is { } failure
        ? new SubOrchestrationFailed(taskId, failure) { At = now }
        : new SubOrchestrationCompleted(taskId, completion.Result) { At = now };

    private static TaskFailureDetails AlreadyExists(SubOrchestrationCreated child) => TaskFailureDetails.FromException(
        new DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {child.InstanceId} already exists."));
}

/// <summary>What a committed step set going.</summary>
internal sealed record CommittedStep(IReadOnlyList<StoredInstance> Begun, IReadOnlyList<StoredMessage> Sent);
