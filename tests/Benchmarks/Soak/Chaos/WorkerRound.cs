using System.Diagnostics;
using System.Globalization;
using System.Text;
using static Benchmarks.Soak.Chaos.ChaosException;

namespace Benchmarks.Soak.Chaos;

/// <summary>One round in which the host lives and its child worker is killed.</summary>
/// <param name="seed">What the workload and the kills follow from.</param>
/// <param name="folder">Where it keeps its things.</param>
internal sealed class WorkerRound(int seed, ChaosFolder folder)
{
    private const int MostKills = 2;
    private const int BytesOfAnEffect = 40;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(1);

    private readonly SeededChoices _choices = new((ulong)seed + 0x2_0000_0000);

    /// <summary>The kills so far.</summary>
    public int Kills { get; private set; }

    /// <exception cref="ChaosException">Something is wrong: the message says what.</exception>
    public void Run()
    {
        var start = Stopwatch.GetTimestamp();
        var command = ChaosProgram.Command(ChaosHost.ParentVerb, folder.Path, seed.ToString(CultureInfo.InvariantCulture));
        StringBuilder errors = new();
        using var host = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        host.OutputDataReceived += (_, _) => { };
        host.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        try
        {
            var length = 0L;
            while (Kills < MostKills && WaitFor(host, length + (_choices.Between(1, 25) * BytesOfAnEffect), start))
            {
                KillWorker();
                length = LengthOfEffects();
            }

            Require(host.WaitForExit(s_limit), $"the host came to no end within {s_limit.TotalSeconds} s after {Kills} workers were killed");
        }
        finally
        {
            if (!host.HasExited)
            {
                host.Kill(entireProcessTree: true);
            }

            host.WaitForExit();
        }

        Require(host.ExitCode == 0, $"the host ended with exit code {host.ExitCode}: {errors}");
        var state = StateSnapshot.Read(folder.Store);
        foreach (var instance in state.Instances.Values)
        {
            HistoryCheck.RequireWellFormed(instance);
        }

        ChaosRound.RequireRight(state, seed);
        RequireRepeatedOnlyForKills(state);
    }

    private bool WaitFor(Process host, long length, long start)
    {
        while (LengthOfEffects() < length)
        {
            if (host.WaitForExit(s_look))
            {
                return false;
            }

            Require(Stopwatch.GetElapsedTime(start) < s_limit, $"the host came to no end within {s_limit.TotalSeconds} s after {Kills} workers were killed");
        }

        return true;
    }

    private void KillWorker()
    {
        try
        {
            using var worker = Process.GetProcessById(int.Parse(File.ReadAllText(folder.WorkerId), CultureInfo.InvariantCulture));
            worker.Kill();
            worker.WaitForExit();
            Kills++;
        }
        catch (ArgumentException)
        {
            // It has ended by itself: the host stops.
        }
    }

    // What a worker was doing when it was killed is done again, and nothing else is.
    private void RequireRepeatedOnlyForKills(StateSnapshot state)
    {
        var asked = state.Instances.Values.SelectMany(instance => instance.Events)
            .Where(one => one.Type == "TaskScheduled").CountBy(one => one.Input!, StringComparer.Ordinal).ToDictionary();
        foreach (var (key, starts) in EffectLog.Read(folder.Effects)
            .Where(effect => effect.What is EffectKind.Started).CountBy(effect => effect.Key, StringComparer.Ordinal))
        {
            // A call whose history a new beginning has taken away was asked for once.
            var open = Math.Max(1, asked.GetValueOrDefault($"[\"{key}\"]")) + Kills;
            Require(starts <= open, $"the activity {key} ran {starts} times, when {open - Kills} calls of it were made and {Kills} workers killed");
        }
    }

    private long LengthOfEffects() => File.Exists(folder.Effects) ? new FileInfo(folder.Effects).Length : 0;
}
