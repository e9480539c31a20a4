using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine;

/// <summary>
/// Takes a failed orchestration's history back to before its failures. A failure can be taken out when the code, replayed without it, still
/// makes the requests that are recorded: then nothing that followed depends on it. One that the code has dealt with, by a retry or in a
/// catch, stays.
/// </summary>
internal static class Rewinding
{
    /// <summary>The history without its end and without the failures that led to it.</summary>
    /// <param name="steps">The recorded steps.</param>
    /// <param name="replay">Replays steps with the orchestrator's code of today; throws when they do not fit.</param>
    public static List<List<HistoryEvent>> TakeBack(IReadOnlyList<List<HistoryEvent>> steps, Action<IReadOnlyList<List<HistoryEvent>>> replay)
    {
        List<List<HistoryEvent>> kept = [.. steps.Select(step => step.Where(historyEvent => historyEvent is not ExecutionCompleted).ToList())];
        var failures = kept.SelectMany((step, index) => step.Where(IsFailure).Select(failure => (index, failure))).Reverse().ToList();
        foreach (var (index, failure) in failures)
        {
            var step = kept[index];
            kept[index] = [.. step.Where(historyEvent => !ReferenceEquals(historyEvent, failure))];
            try
            {
                replay(kept);
            }
            catch (NonDeterministicOrchestrationException)
            {
                kept[index] = step;
            }
        }

        return kept;
    }

    private static bool IsFailure(HistoryEvent historyEvent) => historyEvent is TaskFailed or SubOrchestrationFailed;
}
