using SpotifyEtl.Activities;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Local.Monitor.Timeline;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Monitor;

/// <summary>One of a run's phases.</summary>
/// <param name="Phase">Which.</param>
/// <param name="State">How it stands with it.</param>
/// <param name="Time">How long it has lasted; null when it has not begun.</param>
/// <param name="Text">What it did, in words; empty when there is nothing to say.</param>
public sealed record PhaseRow(RunPhase Phase, PhaseState State, TimeSpan? Time, string Text)
{
    /// <summary>All phases, in their order.</summary>
    public static IReadOnlyList<PhaseRow> Read(RunRow run, RunResult? result, IReadOnlyList<TimelineStep> steps, DateTimeOffset now) =>
    [
        .. Enum.GetValues<RunPhase>().Select(phase => Of(
            phase,
            run,
            result,
            [.. steps.Where(step => PhaseOf(step) == phase)],
            isReached: run.IsLive || run.Status is RunStatus.Succeeded || steps.Any(step => PhaseOf(step) >= phase),
            now)),
    ];

    private static PhaseRow Of(RunPhase phase, RunRow run, RunResult? result, List<TimelineStep> steps, bool isReached, DateTimeOffset now)
    {
        var isCurrent = run.IsLive && run.Progress?.Phase == phase;
        var (text, hasFailures) = result is not null
            ? Outcome(phase, result)
            : isCurrent
            ? (Progress(run.Progress!), run.Progress!.Failed > 0)
            : (string.Empty, false);
        if (steps.Count == 0)
        {
            var state = isCurrent
                ? PhaseState.Running
                : run.IsLive && !(run.Progress?.Phase > phase)
                ? PhaseState.Ahead
                : isReached
                ? PhaseState.Unneeded
                : PhaseState.NeverReached;
            return new PhaseRow(phase, state, Time: null, state is PhaseState.Unneeded ? string.Empty : text);
        }

        var lasted = steps.Max(step => step.End ?? now) - steps.Min(step => step.Start);
        var failed = hasFailures || steps.Exists(step => step.State is BarState.Failed);
        return new PhaseRow(
            phase,
            isCurrent || steps.Exists(step => step.State is BarState.Running)
                ? PhaseState.Running
                : failed
                ? PhaseState.Failed
                : steps.Exists(step => step.State is BarState.Abandoned)
                ? PhaseState.Abandoned
                : PhaseState.Done,
            lasted,
            text);
    }

    private static string Progress(RunProgress progress) =>
        $"{MonitorText.Number(progress.Done)} of {MonitorText.Number(progress.Total)}"
        + (progress.Failed > 0 ? $", {MonitorText.Number(progress.Failed)} failed" : string.Empty)
        + (progress.WaitsUntil is { } until ? $", {progress.Deferred} waiting for Spotify until {MonitorText.Time(until)} UTC" : string.Empty);

    private static (string Text, bool HasFailures) Outcome(RunPhase phase, RunResult result) => phase switch
    {
        RunPhase.Extract => Counts(
            (Extracted(result, PlaylistStatus.Loaded), "loaded"),
            (Extracted(result, PlaylistStatus.Skipped), "unchanged"),
            (Extracted(result, PlaylistStatus.Failed), "failed")),
        RunPhase.Transform => Counts((result.Files.Transformed, "transformed"), (result.Files.Rejected, "rejected"), (result.Files.Failed, "failed")),
        RunPhase.Months => (string.Join(", ", result.Months ?? []), false),
        RunPhase.Crawl => Counts(
            (result.Crawlers.Count(crawler => crawler.Status is CrawlStatus.Succeeded), "succeeded"), (0, "rejected"), (
                result.Crawlers.Count(crawler => crawler.Status is CrawlStatus.Failed), "failed")),
        _ => (string.Empty, false),
    };

    private static (string Text, bool HasFailures) Counts((int Count, string Word) good, (int Count, string Word) other, (int Count, string Word) failed)
    {
        (int Count, string Word)[] all = [good, other, failed];
        return (string.Join(", ", all.Where(part => part.Count > 0).Select(part => $"{MonitorText.Number(part.Count)} {part.Word}")), failed.Count > 0);
    }

    private static int Extracted(RunResult result, PlaylistStatus status) =>
        result.Playlists.Count(playlist => playlist.Status == status) + (result.Sources?.Count(source => source.Status == status) ?? 0);

    private static RunPhase? PhaseOf(TimelineStep step) => step.Name switch
    {
        nameof(ExtractPlaylist) or nameof(ExtractSource) => RunPhase.Extract,
        nameof(ListRawFiles) or nameof(ProcessFiles) => RunPhase.Transform,
        nameof(IndexTables) or nameof(ListDueMonths) or nameof(WriteMonth) => RunPhase.Months,
        nameof(RefreshCrawler) => RunPhase.Crawl,
        nameof(VerifyTables) => RunPhase.Verify,
        nameof(WriteRunRecord) or nameof(SendNotification) => RunPhase.Record,
        _ => null,
    };
}

/// <summary>How it stands with a phase.</summary>
public enum PhaseState
{
    Ahead,
    Running,
    Done,
    Failed,
    Abandoned,

    /// <summary>The run had nothing to do in it.</summary>
    Unneeded,

    /// <summary>The run ended before it.</summary>
    NeverReached,
}
