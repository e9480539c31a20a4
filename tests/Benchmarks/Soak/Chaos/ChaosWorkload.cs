namespace Benchmarks.Soak.Chaos;

/// <summary>What a round runs, and what must come of it: both follow from its seed.</summary>
/// <param name="Instances">The orchestrations that the host starts.</param>
internal sealed record ChaosWorkload(IReadOnlyList<ChaosInstance> Instances)
{
    public static ChaosWorkload Of(int seed)
    {
        SeededChoices choices = new((ulong)seed);
        return new ChaosWorkload(
        [
            FanOut(choices.Between(4, 12)),
            Sequence(choices.Between(3, 8)),
            Family(choices.Between(2, 4)),
            Counter(choices.Between(3, 7)),
            Receive("receive-1", choices.Between(4, 10)),
            Receive("receive-2", choices.Between(4, 10)),
            Serve(choices.Between(3, 7)),
        ]);
    }

    private static ChaosInstance FanOut(int width) => new(
        nameof(ChaosOrchestrators.FanOut), "fan-out", width, $"{Sum("fan-out", 0, width)} fan-out/broken fails.");

    private static ChaosInstance Sequence(int length) => new(nameof(ChaosOrchestrators.Sequence), "sequence", length, $"{Sum("sequence", 0, length)}");

    private static ChaosInstance Family(int size)
    {
        var children = Enumerable.Range(0, size).Sum(number => Answer($"family:{number}/a") + Answer($"family:{number}/b"));
        return new(nameof(ChaosOrchestrators.Family), "family", size, $"{children} Child after {Answer("family:x/a")}.");
    }

    private static ChaosInstance Counter(int rounds) => new(
        nameof(ChaosOrchestrators.Counter), "counter", new Count(1, rounds, 0), $"{Sum("counter", 1, rounds)}");

    private static ChaosInstance Receive(string id, int items) => new(
        nameof(ChaosOrchestrators.Receive), id, new Receipt([], items, 0), $"{Sum(id, 1, items)}", items);

    private static ChaosInstance Serve(int balls)
    {
        var all = string.Join(' ', Enumerable.Range(1, balls));
        return new(nameof(ChaosOrchestrators.Serve), "serve", balls, $"{all}; {all}");
    }

    private static int Sum(string id, int first, int count) => Enumerable.Range(first, count).Sum(number => Answer($"{id}/{number}"));

    private static int Answer(string key) => ChaosActivities.AnswerTo(key);
}

/// <summary>One orchestration of a round.</summary>
/// <param name="Orchestrator">Its code.</param>
/// <param name="Id">Its instance id.</param>
/// <param name="Input">Its input.</param>
/// <param name="Output">What it must return.</param>
/// <param name="Items">How many items the host sends it.</param>
internal sealed record ChaosInstance(string Orchestrator, string Id, object Input, string Output, int Items = 0);
