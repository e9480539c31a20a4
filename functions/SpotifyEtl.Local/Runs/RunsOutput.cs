using System.Globalization;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>runs</c> shows, for people: the same columns in a terminal and in a pipe, and shorter times on a terminal that is narrow.</summary>
internal static class RunsOutput
{
    private const int IdWidth = 32;
    private const int StatusWidth = 11;
    private const int LastedWidth = 7;
    private const string LongTime = "yyyy-MM-dd HH:mm:ss";
    private const string ShortTime = "MM-dd HH:mm";

    public static void WriteList(Shell shell, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            shell.Out.WriteLine("There are no such runs.");
            return;
        }

        // An id is there to be copied: it is never cut.
        var isNarrow = shell.Width < IdWidth + StatusWidth + LongTime.Length + LastedWidth + 3;
        var idWidth = runs.Max(run => Math.Max(isNarrow ? 0 : IdWidth, run.RunId.Length));
        var time = isNarrow ? ShortTime : LongTime;
        shell.Out.WriteLine($"{"run".PadRight(idWidth)} {"status".PadRight(StatusWidth)} {(isNarrow ? "UTC" : "started (UTC)").PadRight(time.Length)} {"lasted",LastedWidth}");
        foreach (var run in runs)
        {
            shell.Out.WriteLine(
                $"{run.RunId.PadRight(idWidth)} {RunStatusText.Of(run.Status, shell, StatusWidth)} {Time(run.CreatedAt, time)} {Lasted(run),LastedWidth}");
        }
    }

    /// <summary>Writes what a run did, or how far it is and what it has met.</summary>
    public static void Write(Shell shell, RunSummary run)
    {
        shell.Out.WriteLine($"run      {run.RunId}");
        shell.Out.WriteLine($"status   {RunStatusText.Of(run.Status, shell, width: 0)}");
        shell.Out.WriteLine($"started  {Time(run.CreatedAt, LongTime)} UTC");
        shell.Out.WriteLine(run.IsLive
            ? $"updated  {Time(run.LastUpdatedAt, LongTime)} UTC"
            : $"ended    {Time(run.LastUpdatedAt, LongTime)} UTC, after {Lasted(run)}");
        if (run.Progress is { } progress)
        {
            shell.Out.WriteLine($"phase    {ProgressText.Of(progress, perSecond: null)}");
        }

        foreach (var notice in run.Notices ?? [])
        {
            WriteParagraph(shell, $"{Time(notice.At, "HH:mm:ss")} UTC {notice.Text}");
        }

        if (run.Result is { } result)
        {
            shell.Out.WriteLine();
            RunResultOutput.WriteCounts(shell, result);
            foreach (var problem in result.Problems.Concat(result.Warnings ?? []))
            {
                shell.Out.WriteLine();
                WriteParagraph(shell, problem);
            }
        }
        else if (run.Failure is { } failure)
        {
            shell.Out.WriteLine();
            WriteParagraph(shell, failure);
        }

        if (run.Warning is { } warning)
        {
            shell.Out.WriteLine();
            WriteParagraph(shell, warning);
        }
    }

    private static void WriteParagraph(Shell shell, string text)
    {
        foreach (var line in Paragraph.Lines(TerminalText.Clean(shell.Typed(text)), shell.Width))
        {
            shell.Out.WriteLine(line);
        }
    }

    private static string Time(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static string Lasted(RunSummary run) => (run.LastUpdatedAt - run.CreatedAt) switch
    {
        { TotalMinutes: < 1 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.0} s"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}"),
    };
}
