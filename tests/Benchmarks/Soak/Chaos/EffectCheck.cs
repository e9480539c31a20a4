using System.Text.Json;
using static Benchmarks.Soak.Chaos.ChaosException;

namespace Benchmarks.Soak.Chaos;

/// <summary>Compares what activities did with what the state file knew of it, life by life.</summary>
internal sealed class EffectCheck
{
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <param name="life">The life that has just ended.</param>
    /// <param name="effects">All effects so far.</param>
    /// <param name="state">The state file that it left.</param>
    /// <exception cref="ChaosException">An activity ran again though its end had been committed, or an end is committed that never was.</exception>
    public void AddLife(int life, IReadOnlyList<Effect> effects, StateSnapshot state)
    {
        Dictionary<string, int> asked = new(StringComparer.Ordinal);
        Dictionary<string, int> answered = new(StringComparer.Ordinal);
        foreach (var instance in state.Instances.Values)
        {
            var keys = instance.Events.Where(one => one.Type == "TaskScheduled").ToDictionary(one => one.TaskId!.Value, one => Text(one.Input!));
            Tally(asked, keys.Values);
            Tally(answered, instance.Events.Where(one => one.Type is "TaskCompleted" or "TaskFailed").Select(one => keys[one.TaskId!.Value]));
            Tally(answered, DoneByEarlierExecutions(instance));
        }

        foreach (var calls in effects.Where(effect => effect.Life == life && effect.What is EffectKind.Started)
            .GroupBy(effect => effect.Key, StringComparer.Ordinal))
        {
            // A call whose history a new beginning has taken away was asked for once.
            var open = Math.Max(1, asked.GetValueOrDefault(calls.Key)) - _answered.GetValueOrDefault(calls.Key);
            Require(calls.Count() <= open, $"the activity {calls.Key} ran {calls.Count()} times in life {life}, when {open} calls of it were open");
            Require(!_ended.Contains(calls.First().InstanceId), $"the activity {calls.Key} ran in life {life}, when its orchestration had ended");
        }

        var ends = effects.Where(effect => effect.What is not EffectKind.Started).CountBy(effect => effect.Key, StringComparer.Ordinal).ToDictionary();
        foreach (var (key, count) in answered)
        {
            Require(
                ends.GetValueOrDefault(key) >= count,
                $"{count} ends of the activity {key} are committed, and it ended {ends.GetValueOrDefault(key)} times");
            _answered[key] = Math.Max(count, _answered.GetValueOrDefault(key));
        }

        _ended.UnionWith(state.Instances.Values.Where(instance => instance.HasEnded).Select(instance => instance.Id));
    }

    // The input of one that began anew says how far those before it had come.
    private static IEnumerable<string> DoneByEarlierExecutions(StoredOrchestration instance)
    {
        if (instance.Input is not ['{', ..])
        {
            return [];
        }

        using var input = JsonDocument.Parse(instance.Input);
        var done = input.RootElement.TryGetProperty(nameof(Count.Round), out var round)
            ? Enumerable.Range(1, round.GetInt32() - 1)
            : input.RootElement.GetProperty(nameof(Receipt.Had)).EnumerateArray().Select(item => item.GetInt32());
        return [.. done.Select(number => $"{instance.Id}/{number}")];
    }

    // The framework keeps an array of arguments.
    private static string Text(string json) => JsonSerializer.Deserialize<string[]>(json)!.Single();

    private static void Tally(Dictionary<string, int> counts, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }
}
