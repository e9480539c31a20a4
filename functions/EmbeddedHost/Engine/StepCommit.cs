using System.Text.Json;
using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using EmbeddedHost.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>Writes one step, whole: its history, the instance's status, the messages it took up and sent, the sub-orchestrations it began.</summary>
internal sealed class StepCommit(StoreWriter writer, LiveInstance live, DateTime now, string defaultVersion, Func<long> nextMessageId)
{
    private readonly List<StoredInstance> _begun = [];
    private readonly List<StoredMessage> _sent = [];

    public static bool IsLive(OrchestrationRuntimeStatus? status) =>
        status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended;

    public CommittedStep Apply(StepOutcome outcome, IReadOnlyList<Message> taken)
    {
        writer.AddStep(live.Key, live.Steps + 1, outcome, now);
        foreach (var message in taken)
        {
            if (message.StoredId is { } id)
            {
                writer.DeleteMessage(id);
            }
        }

        foreach (var action in outcome.Actions)
        {
            switch (action)
            {
                case SubOrchestrationCreated child:
                    Begin(child);
                    break;
                case EventSent sent when IsLive(writer.FindStatus(sent.InstanceId)):
                    Send(sent.InstanceId, AnyExecution, new EventRaised(sent.Name, sent.Input) { At = now });
                    break;
            }
        }

        if (outcome.Completion is { } completion)
        {
            End(completion, outcome.Events.OfType<ExecutionTerminated>().Any(terminated => terminated.Recursive));
        }

        return new CommittedStep(_begun, _sent, outcome.Continuation is { } continuation ? BeginAnew(continuation) : null);
    }

    /// <summary>Writes the history that a failed instance goes on from, and sees to the sub-orchestrations that will not answer by themselves.</summary>
    /// <exception cref="InvalidOperationException">It is not failed any more.</exception>
    public CommittedStep Rewind(RewoundInstance rewound, ExecutionRewound message)
    {
        Rewinding.RequireFailed(writer.FindStatus(live.Instance.InstanceId));
        if (rewound.Awaited.FirstOrDefault(child => !IsLive(writer.FindStatus(child))) is { } ended)
        {
            throw new InvalidOperationException($"The sub-orchestration {ended} has just ended. Rewind {live.Instance.InstanceId} again.");
        }

        writer.Rewind(live.Key, rewound.Steps, now);
        Send(live.Instance.InstanceId, live.Instance.ExecutionId, message);
        foreach (var (request, answer) in rewound.Unanswered)
        {
            if (answer is null)
            {
                Begin(request);
            }
            else
            {
                Send(live.Instance.InstanceId, live.Instance.ExecutionId, Answer(request.TaskId, answer));
            }
        }

        return new CommittedStep(_begun, _sent, Anew: null);
    }

    /// <summary>The execution id of a message for whichever execution there is.</summary>
    public const string AnyExecution = "";

    private void Begin(SubOrchestrationCreated child)
    {
        if (IsLive(writer.FindStatus(child.InstanceId)))
        {
            OrchestrationAlreadyExistsException taken = new($"An Orchestration instance with the ID {child.InstanceId} already exists.");
            Send(live.Instance.InstanceId, live.Instance.ExecutionId, new SubOrchestrationFailed(child.TaskId, TaskFailureDetails.FromException(taken)) { At = now });
            return;
        }

        var parent = live.Instance;
        OrchestrationInstance instance = new(
            child.InstanceId,
            Guid.NewGuid().ToString("N"),
            child.Name,
            child.Version ?? defaultVersion,
            child.Input,
            new ParentRequest(parent.InstanceId, parent.ExecutionId, parent.Name, child.TaskId),
            StartAt: null,
            Merge(parent.Tags, child.Tags)) { Trace = DurableTracing.ForChildOf(parent) };
        _begun.Add(new StoredInstance(writer.AddInstance(instance, now), instance, null));
    }

    // A sub-orchestration has its parent's tags, and those of the call before them.
    private static string? Merge(string? inherited, IDictionary<string, string>? own)
    {
        if (own is not { Count: > 0 })
        {
            return inherited;
        }

        var tags = inherited is null ? new(StringComparer.Ordinal) : JsonSerializer.Deserialize<Dictionary<string, string>>(inherited)!;
        foreach (var (name, value) in own)
        {
            tags[name] = value;
        }

        return JsonSerializer.Serialize(tags);
    }

    private void End(ExecutionCompleted completion, bool recursive)
    {
        writer.DeleteMessagesOf(live.Instance.InstanceId);
        if (recursive)
        {
            foreach (var (instanceId, executionId, status) in writer.FindChildren(live.Instance.InstanceId))
            {
                if (IsLive(status))
                {
                    Send(instanceId, executionId, new ExecutionTerminated(completion.Result, Recursive: true) { At = now });
                }
            }
        }

        // A parent that has ended or begun anew no longer waits: what is sent to an execution that is over would lie in the store for ever.
        if (live.Instance.Parent is { } parent
            && writer.FindExecution(parent.InstanceId) == parent.ExecutionId
            && IsLive(writer.FindStatus(parent.InstanceId)))
        {
            Send(parent.InstanceId, parent.ExecutionId, Answer(parent.TaskId, completion));
        }
    }

    private NewBeginning BeginAnew(Continuation continuation)
    {
        var instance = live.Instance with
        {
            ExecutionId = Guid.NewGuid().ToString("N"),
            Version = continuation.Version ?? live.Instance.Version,
            Input = continuation.Input,
            StartAt = null,
        };
        writer.BeginAnew(live.Key, instance, now);
        List<StoredMessage> kept = [.. continuation.Events.Select(raised => new StoredMessage(nextMessageId(), instance.InstanceId, instance.ExecutionId, raised))];
        kept.ForEach(writer.AddMessage);
        return new NewBeginning(new StoredInstance(live.Key, instance, null), kept);
    }

    private void Send(string instanceId, string executionId, HistoryEvent sent)
    {
        StoredMessage message = new(nextMessageId(), instanceId, executionId, sent);
        writer.AddMessage(message);
        _sent.Add(message);
    }

    private HistoryEvent Answer(int taskId, ExecutionCompleted completion) => completion switch
    {
        { Failure: { } failure } => new SubOrchestrationFailed(taskId, failure) { At = now },
        { Terminated: true } => new SubOrchestrationFailed(
            taskId, new TaskFailureDetails("Terminated", completion.Result ?? "The sub-orchestration was terminated.", null, null, null)) { At = now },
        _ => new SubOrchestrationCompleted(taskId, completion.Result) { At = now },
    };
}

/// <summary>What a committed step set going: sub-orchestrations, messages, and the instance's own new beginning.</summary>
internal sealed record CommittedStep(IReadOnlyList<StoredInstance> Begun, IReadOnlyList<StoredMessage> Sent, NewBeginning? Anew);

/// <summary>An instance that begins anew, and the events that go along.</summary>
internal sealed record NewBeginning(StoredInstance Instance, IReadOnlyList<StoredMessage> Kept);
