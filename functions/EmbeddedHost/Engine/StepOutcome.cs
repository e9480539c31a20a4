using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>What one step of an orchestration did: all of it is committed together.</summary>
/// <param name="Events">The step's whole history.</param>
/// <param name="CustomStatus">The status the code shows now.</param>
internal sealed record StepOutcome(List<HistoryEvent> Events, string? CustomStatus)
{
    /// <summary>What the code asked for, also in <see cref="Events"/>.</summary>
    public IReadOnlyList<ActionEvent> Actions { get; init; } = [];

    /// <summary>Timers, created by this or an earlier step, that need not fire any more.</summary>
    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>Timers whose time came in this step.</summary>
    public IReadOnlyList<TimerCreated> FiredTimers { get; init; } = [];

    /// <summary>How it ended, if it did.</summary>
    public ExecutionCompleted? Completion { get; init; }

    /// <summary>How it begins anew, if it does.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>Why it is held, if it is.</summary>
    public ExecutionSuspended? Suspended { get; init; }

    /// <summary>Whether the code has begun.</summary>
    public bool HasStarted { get; init; } = true;

    /// <summary>The instance's status after the step.</summary>
    public OrchestrationRuntimeStatus Status => this switch
    {
        { Completion: { } completion } => completion.Status,
        { Suspended: not null } => OrchestrationRuntimeStatus.Suspended,
        { HasStarted: false } => OrchestrationRuntimeStatus.Pending,
        _ => OrchestrationRuntimeStatus.Running,
    };

    /// <summary>Whether nothing happened: only answers came that nobody waits for any more. Such a step is not worth a place in history.</summary>
    public bool IsEmpty => Events.Count == 1 && Completion is null && Continuation is null;
}

/// <summary>A new beginning: the input's text, the version if it changes, and the events that go along.</summary>
internal sealed record Continuation(string? Input, string? Version, IReadOnlyList<EventRaised> Events);
