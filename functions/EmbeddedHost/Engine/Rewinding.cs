using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>
/// Takes failed orchestrations back to before their failures. A failure can be taken out when the code, replayed without it, still makes the
/// requests that are recorded: then nothing that followed depends on it. One that the code has dealt with, by a retry or in a catch, stays.
/// </summary>
/// <param name="store">Where the histories are.</param>
/// <param name="replay">Replays steps with the orchestrator's code of today; throws when they do not fit.</param>
internal sealed class Rewinding(HistoryStore store, Action<OrchestrationInstance, IReadOnlyList<List<HistoryEvent>>> replay)
{
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void RequireFailed(OrchestrationRuntimeStatus? status)
    {
        if (status is not OrchestrationRuntimeStatus.Failed)
        {
            throw new InvalidOperationException(
                $"This orchestration has status {status}, but only orchestrations in the \"Failed\" state can be rewound.");
        }
    }

    /// <summary>An instance and those of its sub-orchestrations that failed, down the tree.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It has not failed.</exception>
    public List<RewoundInstance> Plan(string instanceId)
    {
        var (stored, status, steps) = store.FindInstance(instanceId)
            ?? throw new ArgumentException($"No orchestration with instance ID \"{instanceId}\" found.", nameof(instanceId));
        RequireFailed(status);
        List<RewoundInstance> plan = [];
        Plan(stored, steps, plan);
        return plan;
    }

    private static bool IsFailure(HistoryEvent historyEvent) => historyEvent is TaskFailed or SubOrchestrationFailed;

    private void Plan(StoredInstance stored, IReadOnlyList<List<HistoryEvent>> steps, List<RewoundInstance> plan)
    {
        var kept = TakeBack(stored.Instance, steps);
        List<(SubOrchestrationCreated, ExecutionCompleted?)> unanswered = [];
        List<string> awaited = [];
        plan.Add(new RewoundInstance(stored, kept, unanswered, awaited));
        foreach (var request in Outstanding.Of(kept).Actions.OfType<SubOrchestrationCreated>())
        {
            var parent = stored.Instance;
            if (store.FindInstance(request.InstanceId) is not var (child, status, history)
                || child.Instance.Parent is not { } asked || asked.ExecutionId != parent.ExecutionId || asked.TaskId != request.TaskId)
            {
                unanswered.Add((request, null));
            }
            else if (status is OrchestrationRuntimeStatus.Failed)
            {
                Plan(child, history, plan);
            }
            else if (StepCommit.IsLive(status))
            {
                awaited.Add(request.InstanceId);
            }
            else
            {
                var end = history.SelectMany(step => step).OfType<ExecutionCompleted>().LastOrDefault();
                unanswered.Add((request, end is { Terminated: false } ? end : null));
            }
        }
    }

    private List<List<HistoryEvent>> TakeBack(OrchestrationInstance instance, IReadOnlyList<List<HistoryEvent>> steps)
    {
        List<List<HistoryEvent>> kept = [.. steps.Select(step => step.Where(historyEvent => historyEvent is not ExecutionCompleted).ToList())];
        var failures = kept.SelectMany((step, index) => step.Where(IsFailure).Select(failure => (index, failure))).Reverse().ToList();
        foreach (var (index, failure) in failures)
        {
            var step = kept[index];
            kept[index] = [.. step.Where(historyEvent => !ReferenceEquals(historyEvent, failure))];
            try
            {
                replay(instance, kept);
            }
            catch (NonDeterministicOrchestrationException)
            {
                kept[index] = step;
            }
        }

        return kept;
    }
}
