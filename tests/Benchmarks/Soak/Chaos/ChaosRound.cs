using System.Diagnostics;
using System.Globalization;
using System.Text;
using static Benchmarks.Soak.Chaos.ChaosException;

namespace Benchmarks.Soak.Chaos;

/// <summary>One round: lives of a host until its workload is done, all but the last ended by a kill, each checked.</summary>
/// <param name="seed">What the workload and the kills follow from.</param>
/// <param name="attempt">Which attempt at the round it is: another one kills at other moments.</param>
/// <param name="folder">Where it keeps its things.</param>
internal sealed class ChaosRound(int seed, int attempt, ChaosFolder folder)
{
    private const int MostKills = 4;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private readonly EffectCheck _effects = new();
    private StateSnapshot _state = StateSnapshot.Empty;

    /// <summary>The kills so far.</summary>
    public List<KillPlan> Kills { get; } = [];

    /// <summary>How long the life was that was not killed.</summary>
    public TimeSpan LastLife { get; private set; }

    /// <param name="life">About how long a host lives that is not killed.</param>
    /// <exception cref="ChaosException">Something is wrong: the message says what.</exception>
    public void Run(TimeSpan life)
    {
        // Its own sequence, beside the workload's: how a host is killed must not depend on what it runs.
        SeededChoices choices = new((ulong)seed + (0x1_0000_0000 * (ulong)attempt));
        var kills = choices.Between(1, MostKills);
        var done = false;
        for (var number = 1; !done; number++)
        {
            var plan = number <= kills ? KillPlan.Choose(choices, life) : null;
            done = Live(number, plan);
            var state = StateSnapshot.Read(folder.Store);
            HistoryCheck.RequireContinued(_state, state);
            foreach (var instance in state.Instances.Values)
            {
                HistoryCheck.RequireWellFormed(instance);
            }

            _effects.AddLife(number, EffectLog.Read(folder.Effects), state);
            _state = state;
        }

        RequireRight(_state, seed);
    }

    private bool Live(int number, KillPlan? plan)
    {
        var start = Stopwatch.GetTimestamp();
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StringBuilder errors = new();
        using var process = Start(number);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == ChaosHost.Stopping)
            {
                stopping.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (plan is not null && plan.Carry(process, stopping.Task, folder, s_limit))
            {
                Kills.Add(plan);
                return false;
            }

            Require(process.WaitForExit(s_limit), $"the host came to no end within {s_limit.TotalSeconds} s in life {number}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.WaitForExit();
        }

        LastLife = Stopwatch.GetElapsedTime(start);
        Require(process.ExitCode == 0, $"the host ended with exit code {process.ExitCode} in life {number}: {errors}");
        return true;
    }

    private Process Start(int life)
    {
        var command = ChaosProgram.Command(ChaosHost.Verb, folder.Path, Text(seed), Text(life));
        return Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
    }

    /// <summary>Whether all has come to its right end.</summary>
    /// <exception cref="ChaosException">It has not.</exception>
    public static void RequireRight(StateSnapshot state, int seed)
    {
        foreach (var expected in ChaosWorkload.Of(seed).Instances)
        {
            var found = state.Instances.GetValueOrDefault(expected.Id);
            Require(found is not null, $"{expected.Id} is not there");
            var output = found.Output is ['"', ..] ? System.Text.Json.JsonSerializer.Deserialize<string>(found.Output) : found.Output;
            Require(
                found.Status == "Completed" && output == expected.Output,
                $"{expected.Id} ended as {found.Status} with '{output}', not as Completed with '{expected.Output}'");
        }

        var open = state.Instances.Values.Where(instance => !instance.HasEnded).Select(instance => instance.Id).ToList();
        Require(open.Count == 0, $"not ended: {string.Join(", ", open)}");
        Require(state.Messages == 0, $"{state.Messages} messages are left though every orchestration has ended");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
