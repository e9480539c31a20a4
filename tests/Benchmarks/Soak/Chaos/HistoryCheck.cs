using static Benchmarks.Soak.Chaos.ChaosException;

namespace Benchmarks.Soak.Chaos;

/// <summary>Whether a stored history can be that of an orchestration whose every step was applied once.</summary>
internal static class HistoryCheck
{
    private static readonly Dictionary<string, string> s_requestOf = new(StringComparer.Ordinal)
    {
        ["TaskCompleted"] = "TaskScheduled",
        ["TaskFailed"] = "TaskScheduled",
        ["TimerFired"] = "TimerCreated",
        ["SubOrchestrationInstanceCompleted"] = "SubOrchestrationInstanceCreated",
        ["SubOrchestrationInstanceFailed"] = "SubOrchestrationInstanceCreated",
    };

    /// <exception cref="ChaosException">It cannot: the message says where.</exception>
    public static void RequireWellFormed(StoredOrchestration instance)
    {
        Dictionary<int, string> requests = [];
        HashSet<int> answered = [];
        var starts = 0;
        for (var i = 0; i < instance.Steps.Count; i++)
        {
            var step = instance.Steps[i];
            Require(
                step.Events.Count > 0 && step.Events[0].Type == "OrchestratorStarted",
                $"{instance.Id}: step {i + 1} does not begin with OrchestratorStarted");
            Require(step.Events.Count(one => one.Type == "OrchestratorStarted") == 1, $"{instance.Id}: step {i + 1} holds two steps");
            foreach (var one in step.Events)
            {
                var where = $"{instance.Id}, step {i + 1}: {one}";
                if (one.Type == "ExecutionStarted")
                {
                    Require(++starts == 1 && i == 0, $"{where} in a history that has begun");
                }
                else if (one.Type == "ExecutionCompleted")
                {
                    Require(i == instance.Steps.Count - 1 && step.Events[^1].Type == "OrchestratorCompleted", $"{where} is not in its last step");
                }
                else if (s_requestOf.TryGetValue(one.Type, out var request))
                {
                    Require(requests.GetValueOrDefault(one.TaskId!.Value) == request, $"{where} answers what was not asked for");
                    Require(answered.Add(one.TaskId.Value), $"{where} is a second answer");
                }
                else if (one.TaskId is { } id)
                {
                    Require(id == requests.Count, $"{where} where #{requests.Count} is next");
                    requests.Add(id, one.Type);
                }
            }
        }

        Require(starts == 1 || instance.Steps.Count == 0, $"{instance.Id} has steps and never started");
        Require(
            instance.HasEnded == instance.Events.Any(one => one.Type == "ExecutionCompleted"),
            $"{instance.Id} is {instance.Status}, which its history does not say");
    }

    /// <summary>What was committed before a kill stays as it was: history is only added to.</summary>
    /// <exception cref="ChaosException">It did not.</exception>
    public static void RequireContinued(StateSnapshot before, StateSnapshot after)
    {
        foreach (var old in before.Instances.Values)
        {
            var now = after.Instances.GetValueOrDefault(old.Id);
            Require(now is not null, $"{old.Id} was there before the restart and is gone");
            if (old.HasEnded)
            {
                Require(
                    now with { Steps = [] } == old with { Steps = [] },
                    $"{old.Id} had ended as {old.Status} with {old.Output}; after the restart it is {now.Status} with {now.Output}");
            }

            if (old.ExecutionId == now.ExecutionId)
            {
                Require(
                    old.Steps.Select(step => step.Text).SequenceEqual(now.Steps.Take(old.Steps.Count).Select(step => step.Text), StringComparer.Ordinal)
                        && (!old.HasEnded || now.Steps.Count == old.Steps.Count),
                    $"{old.Id}: the {old.Steps.Count} steps committed before the restart are not the first of the {now.Steps.Count} after it");
            }
        }
    }
}
