using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Soak.Chaos;

/// <summary>When a host is killed.</summary>
/// <param name="Moment">What is waited for.</param>
/// <param name="Effects">How many effects are waited for, where they are.</param>
/// <param name="Delay">How long after that.</param>
internal sealed record KillPlan(KillMoment Moment, int Effects, TimeSpan Delay)
{
    /// <summary>Chooses a moment.</summary>
    /// <param name="choices">The choices.</param>
    /// <param name="life">How long a host lives that is not killed.</param>
    public static KillPlan Choose(SeededChoices choices, TimeSpan life) => choices.Below(8) switch
    {
        0 => new(KillMoment.AfterStart, 0, life * (choices.Below(400) / 1000.0)),
        1 => new(KillMoment.AfterStart, 0, life * (choices.Below(1000) / 1000.0)),
        2 => new(KillMoment.AtStop, 0, TimeSpan.FromMilliseconds(choices.Below(12) - 1)),
        _ => new(KillMoment.AfterEffects, choices.Between(1, 60), TimeSpan.FromMilliseconds(choices.Below(12))),
    };

    /// <summary>Waits for the moment, then kills.</summary>
    /// <returns>False when the process ended before it.</returns>
    public bool Carry(Process process, Task stopping, ChaosFolder folder, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        var before = LengthOf(folder.Effects);
        while (!HasCome(before, stopping, folder))
        {
            if (process.WaitForExit(1))
            {
                return false;
            }

            ChaosException.Require(Stopwatch.GetElapsedTime(start) < limit, $"the host came to no end within {limit.TotalSeconds} s");
        }

        if (Delay > TimeSpan.Zero && process.WaitForExit(Delay))
        {
            return false;
        }

        process.Kill();
        process.WaitForExit();
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Moment}{(Effects > 0 ? $"({Effects})" : string.Empty)}+{Delay.TotalMilliseconds:0}ms");

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    // About forty bytes an effect: the moment need not be exact, only anywhere.
    private bool HasCome(long before, Task stopping, ChaosFolder folder) => Moment switch
    {
        KillMoment.AfterStart => true,
        KillMoment.AtStop => stopping.IsCompleted,
        _ => stopping.IsCompleted || LengthOf(folder.Effects) >= before + (Effects * 40L),
    };
}

/// <summary>What a kill waits for.</summary>
internal enum KillMoment
{
    /// <summary>Nothing: the process has been started.</summary>
    AfterStart,

    /// <summary>So many lines of the effect log.</summary>
    AfterEffects,

    /// <summary>All has ended and the host stops.</summary>
    AtStop,
}
