using Microsoft.DurableTask;

namespace Benchmarks.Soak.Chaos;

/// <summary>The workload's activities. Each takes the key of its call and answers what follows from it alone.</summary>
internal sealed class ChaosActivities(EffectLog effects)
{
    public void AddTo(DurableTaskRegistry registry) => registry
        .AddActivityFunc<string, int>("Work", (context, key) => Run(context, key, failures: 0))
        .AddActivityFunc<string, int>("Flaky", (context, key) => Run(context, key, failures: 1 + (key.Length % 2)))
        .AddActivityFunc<string, int>("Broken", (context, key) => Run(context, key, failures: int.MaxValue));

    /// <summary>What an activity answers.</summary>
    public static int AnswerTo(string key) => key.Aggregate(7, (sum, letter) => ((sum * 31) + letter) % 100_003);

    private int Run(TaskActivityContext context, string key, int failures)
    {
        effects.Add(EffectKind.Started, context.InstanceId, key);
        if (effects.FailuresOf(key) < failures)
        {
            effects.Add(EffectKind.Failed, context.InstanceId, key);
            throw new IOException($"{key} fails.");
        }

        effects.Add(EffectKind.Succeeded, context.InstanceId, key);
        return AnswerTo(key);
    }
}
