using System.Globalization;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>runs</c> shows, for people: the same columns in a terminal and in a pipe.</summary>
internal static class RunsOutput
{
    private const int IdWidth = 32;

    public static void WriteList(TextWriter output, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            output.WriteLine("There are no such runs.");
            return;
        }

        output.WriteLine($"{"run",-IdWidth} {"status",-10} {"started (UTC)",-19} {"lasted",9}");
        foreach (var run in runs)
        {
            output.WriteLine($"{run.RunId,-IdWidth} {run.Status,-10} {Time(run.CreatedAt)} {Lasted(run),9}");
        }
    }

    public static void Write(TextWriter output, RunSummary run)
    {
        output.WriteLine($"run      {run.RunId}");
        output.WriteLine($"status   {run.Status}");
        output.WriteLine($"started  {Time(run.CreatedAt)} UTC");
        output.WriteLine(LiveRuns.Statuses.Contains(run.Status)
            ? $"updated  {Time(run.LastUpdatedAt)} UTC"
            : $"ended    {Time(run.LastUpdatedAt)} UTC, after {Lasted(run)}");
        if (run.Progress is { } progress)
        {
            output.WriteLine($"phase    {ProgressText.Of(progress, TimeSpan.Zero)}");
        }

        if (run.Result is { } result)
        {
            output.WriteLine();
            RunOutcome.WriteCounts(output, result);
            foreach (var problem in result.Problems)
            {
                output.WriteLine();
                output.WriteLine(TerminalText.Clean(problem));
            }
        }
        else if (run.Failure is { } failure)
        {
            output.WriteLine();
            output.WriteLine(TerminalText.Clean(failure));
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Lasted(RunSummary run) => (run.LastUpdatedAt - run.CreatedAt) switch
    {
        { TotalMinutes: < 1 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.0} s"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}"),
    };
}
