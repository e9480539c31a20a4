using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.History;

/// <summary>
/// One thing that happened to an orchestration. A step's events are, in order: <see cref="OrchestratorStarted"/>, what arrived, what the
/// code then asked for, and <see cref="ExecutionCompleted"/> if it ended. They are committed together and replayed in that order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OrchestratorStarted), nameof(OrchestratorStarted))]
[JsonDerivedType(typeof(ExecutionStarted), nameof(ExecutionStarted))]
[JsonDerivedType(typeof(TaskScheduled), nameof(TaskScheduled))]
[JsonDerivedType(typeof(TaskCompleted), nameof(TaskCompleted))]
[JsonDerivedType(typeof(TaskFailed), nameof(TaskFailed))]
[JsonDerivedType(typeof(TimerCreated), nameof(TimerCreated))]
[JsonDerivedType(typeof(TimerFired), nameof(TimerFired))]
[JsonDerivedType(typeof(SubOrchestrationCreated), nameof(SubOrchestrationCreated))]
[JsonDerivedType(typeof(SubOrchestrationCompleted), nameof(SubOrchestrationCompleted))]
[JsonDerivedType(typeof(SubOrchestrationFailed), nameof(SubOrchestrationFailed))]
[JsonDerivedType(typeof(EventRaised), nameof(EventRaised))]
[JsonDerivedType(typeof(EventSent), nameof(EventSent))]
[JsonDerivedType(typeof(ExecutionSuspended), nameof(ExecutionSuspended))]
[JsonDerivedType(typeof(ExecutionResumed), nameof(ExecutionResumed))]
[JsonDerivedType(typeof(ExecutionTerminated), nameof(ExecutionTerminated))]
[JsonDerivedType(typeof(ExecutionRewound), nameof(ExecutionRewound))]
[JsonDerivedType(typeof(ExecutionCompleted), nameof(ExecutionCompleted))]
internal abstract record HistoryEvent
{
    /// <summary>When it happened (UTC).</summary>
    public DateTime At { get; init; }
}

/// <summary>A step began; its time is what the code sees as the current time.</summary>
internal sealed record OrchestratorStarted : HistoryEvent;

/// <summary>The orchestration itself begins.</summary>
internal sealed record ExecutionStarted(string Name, string? Input) : HistoryEvent;

/// <summary>Something the code asked for. <paramref name="TaskId"/> numbers all of an orchestration's requests, from 0.</summary>
internal abstract record ActionEvent(int TaskId) : HistoryEvent
{
    /// <summary>The request as a failure message names it.</summary>
    public abstract string Describe();

    /// <summary>Whether the code, replayed, asks for the same again. Inputs may differ: they were used when the request was recorded.</summary>
    public abstract bool Fits(ActionEvent asked);
}

internal sealed record TaskScheduled(int TaskId, string Name, string? Version, string? Input) : ActionEvent(TaskId)
{
    public IDictionary<string, string>? Tags { get; init; }

    public override string Describe() => $"the activity '{Name}' (#{TaskId})";

    public override bool Fits(ActionEvent asked) =>
        asked is TaskScheduled other && other.TaskId == TaskId && string.Equals(other.Name, Name, StringComparison.OrdinalIgnoreCase);
}

internal sealed record TimerCreated(int TaskId, DateTime FireAt) : ActionEvent(TaskId)
{
    public override string Describe() => $"a timer (#{TaskId})";

    public override bool Fits(ActionEvent asked) => asked is TimerCreated other && other.TaskId == TaskId;
}

internal sealed record SubOrchestrationCreated(int TaskId, string Name, string InstanceId, string? Version, string? Input) : ActionEvent(TaskId)
{
    public IDictionary<string, string>? Tags { get; init; }

    public override string Describe() => $"the sub-orchestration '{Name}' (#{TaskId}, instance '{InstanceId}')";

    public override bool Fits(ActionEvent asked) =>
        asked is SubOrchestrationCreated other
        && other.TaskId == TaskId
        && string.Equals(other.Name, Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(other.InstanceId, InstanceId, StringComparison.Ordinal);
}

/// <summary>The code sent an event to another instance.</summary>
internal sealed record EventSent(int TaskId, string InstanceId, string Name, string? Input) : ActionEvent(TaskId)
{
    public override string Describe() => $"the event '{Name}' to '{InstanceId}' (#{TaskId})";

    public override bool Fits(ActionEvent asked) =>
        asked is EventSent other
        && other.TaskId == TaskId
        && string.Equals(other.Name, Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(other.InstanceId, InstanceId, StringComparison.Ordinal);
}

/// <summary>An event came from outside.</summary>
internal sealed record EventRaised(string Name, string? Input) : HistoryEvent;

/// <summary>From here on what arrives waits.</summary>
internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

/// <summary>What waited is delivered.</summary>
internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

/// <summary>The orchestration was ended from outside; <paramref name="Output"/> is serialized.</summary>
internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

/// <summary>A failed orchestration goes on from before its last failures.</summary>
internal sealed record ExecutionRewound(string? Reason) : HistoryEvent;

/// <summary>The answer to a request.</summary>
internal abstract record AnswerEvent(int TaskId) : HistoryEvent;

internal sealed record TaskCompleted(int TaskId, string? Result) : AnswerEvent(TaskId);

internal sealed record TaskFailed(int TaskId, TaskFailureDetails Failure) : AnswerEvent(TaskId);

internal sealed record TimerFired(int TaskId) : AnswerEvent(TaskId);

internal sealed record SubOrchestrationCompleted(int TaskId, string? Result) : AnswerEvent(TaskId);

internal sealed record SubOrchestrationFailed(int TaskId, TaskFailureDetails Failure) : AnswerEvent(TaskId);

/// <summary>The orchestration ended, with a result or a failure, or was terminated with a result.</summary>
internal sealed record ExecutionCompleted(string? Result, TaskFailureDetails? Failure, bool Terminated = false) : HistoryEvent
{
    [JsonIgnore]
    public OrchestrationRuntimeStatus Status =>
        Failure is not null ? OrchestrationRuntimeStatus.Failed : Terminated ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed;
}
