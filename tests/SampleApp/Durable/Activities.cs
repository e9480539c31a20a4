using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace SampleApp.Durable;

public sealed class Activities(Attempts attempts)
{
    [Function(nameof(FailOnce))]
    public string FailOnce([ActivityTrigger] string instanceId) =>
        attempts.IsFirst(instanceId) ? throw new InvalidOperationException("part failed once") : "second";

    [Function(nameof(Part))]
    public static string Part([ActivityTrigger] int number) => $"part{number}";

    [Function(nameof(Twice))]
    public static int Twice([ActivityTrigger] int number) => 2 * number;

    [Function(nameof(Spell))]
    public static string Spell([ActivityTrigger] int count) => new('x', count);

    [Function(nameof(Hold))]
    public static async Task<int> Hold([ActivityTrigger] Errand errand, CancellationToken cancellationToken)
    {
        errand.Begin();
        await errand.UntilLetGoAsync(cancellationToken);
        return errand.Runs;
    }

    [Function(nameof(Ignore))]
    public static async Task<int> Ignore([ActivityTrigger] Errand errand, CancellationToken cancellationToken)
    {
        errand.Begin();
        await using var told = cancellationToken.Register(errand.Tell);
        await errand.UntilLetGoAsync(CancellationToken.None);
        return errand.Runs;
    }
}

/// <summary>Knows who has called before.</summary>
public sealed class Attempts
{
    private readonly ConcurrentDictionary<string, bool> _callers = new(StringComparer.Ordinal);

    public bool IsFirst(string caller) => _callers.TryAdd(caller, true);
}
