using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>What one step of an orchestration did: all of it is committed together.</summary>
/// <param name="Events">The step's whole history.</param>
/// <param name="Actions">What the code asked for, also in <paramref name="Events"/>.</param>
/// <param name="CancelledTimers">Timers, created by this or an earlier step, that need not fire any more.</param>
/// <param name="CustomStatus">The status the code shows now.</param>
/// <param name="Completion">How it ended, if it did.</param>
internal sealed record StepOutcome(
    List<HistoryEvent> Events, IReadOnlyList<ActionEvent> Actions, IReadOnlyList<int> CancelledTimers, string? CustomStatus, ExecutionCompleted? Completion)
{
    /// <summary>Whether nothing happened: only answers came that nobody waits for any more. Such a step is not worth a place in history.</summary>
    public bool IsEmpty => Events.Count == 1 && Completion is null;
}
