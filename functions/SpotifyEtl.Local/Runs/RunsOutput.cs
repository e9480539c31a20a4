using System.Globalization;
using SpotifyEtl.Local.Terminal;
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

        // An id is there to be copied: it is never cut.
        var idWidth = runs.Max(run => Math.Max(IdWidth, run.RunId.Length));
        output.WriteLine($"{"run".PadRight(idWidth)} {"status",-10} {"started (UTC)",-19} {"lasted",9}");
        foreach (var run in runs)
        {
            output.WriteLine($"{run.RunId.PadRight(idWidth)} {run.Status,-10} {Time(run.CreatedAt)} {Lasted(run),9}");
        }
    }

    /// <summary>Writes what a run did, or how far it is.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="width">The terminal's width, within which lines are broken; null: they are not.</param>
    public static void Write(TextWriter output, RunSummary run, int? width)
    {
        output.WriteLine($"run      {run.RunId}");
        output.WriteLine($"status   {run.Status}");
        output.WriteLine($"started  {Time(run.CreatedAt)} UTC");
        output.WriteLine(run.IsLive
            ? $"updated  {Time(run.LastUpdatedAt)} UTC"
            : $"ended    {Time(run.LastUpdatedAt)} UTC, after {Lasted(run)}");
        if (run.Progress is { } progress)
        {
            output.WriteLine($"phase    {ProgressText.Of(progress, perSecond: null)}");
        }

        if (run.Result is { } result)
        {
            output.WriteLine();
            RunResultOutput.WriteCounts(output, result, width);
            foreach (var problem in result.Problems.Concat(result.Warnings ?? []))
            {
                output.WriteLine();
                WriteParagraph(output, problem, width);
            }
        }
        else if (run.Failure is { } failure)
        {
            output.WriteLine();
            WriteParagraph(output, failure, width);
        }

        if (run.Warning is { } warning)
        {
            output.WriteLine();
            WriteParagraph(output, warning, width);
        }
    }

    private static void WriteParagraph(TextWriter output, string text, int? width)
    {
        foreach (var line in Paragraph.Lines(TerminalText.Clean(text), width))
        {
            output.WriteLine(line);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Lasted(RunSummary run) => (run.LastUpdatedAt - run.CreatedAt) switch
    {
        { TotalMinutes: < 1 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.0} s"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}"),
    };
}
