using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Analytics;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Writes the typed tables of the months that are due, a few at a time. One that fails stops no other.</summary>
internal static class MonthsPhase
{
    // Each holds row groups in memory.
    private const int MaxMonthsAtOnce = 2;

    private static readonly string s_firstVersion = "2.0";

    public static async Task<MonthsOutcome> RunAsync(TaskOrchestrationContext context, PhaseProgress progress)
    {
        if (context.CompareVersionTo(s_firstVersion) < 0)
        {
            return MonthsOutcome.None;
        }

        IReadOnlyList<string> due;
        try
        {
            due = await context.CallActivityAsync<IReadOnlyList<string>>(
                nameof(ListDueMonths), context.InstanceId, StepRetries.Of(context, "The list of months that are due"));
        }
        catch (TaskFailedException failure)
        {
            return MonthsOutcome.None with { Problems = [$"The months whose typed tables are due could not be listed: {failure.Reason}"] };
        }

        progress.Expect(due.Count);
        List<string> written = [];
        List<string> problems = [];
        List<string> warnings = [];
        List<Task> running = [];
        foreach (var month in due)
        {
            if (running.Count == MaxMonthsAtOnce)
            {
                running.Remove(await Task.WhenAny(running));
            }

            running.Add(WriteAsync(month));
        }

        await Task.WhenAll(running);
        return new MonthsOutcome([.. written.Order(StringComparer.Ordinal)], problems, warnings);

        async Task WriteAsync(string month)
        {
            try
            {
                var result = await context.CallActivityAsync<MonthResult>(nameof(WriteMonth), month, StepRetries.Of(context, $"Month {month}"));
                warnings.AddRange(result.Warnings);
                written.Add(month);
                progress.Add(failed: false);
            }
            catch (TaskFailedException failure)
            {
                progress.Add(failed: true);
                problems.Add($"The typed tables of {month} could not be written: {failure.Reason} The next run tries again.");
            }
        }
    }
}

/// <summary>What became of the months that were due.</summary>
/// <param name="Written">Those that were written.</param>
/// <param name="Problems">A sentence for each that could not be written.</param>
/// <param name="Warnings">What could not be taken into them, in sentences.</param>
internal sealed record MonthsOutcome(IReadOnlyList<string> Written, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    public static MonthsOutcome None { get; } = new([], [], []);
}
