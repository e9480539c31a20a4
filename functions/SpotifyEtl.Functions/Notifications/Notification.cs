namespace SpotifyEtl.Notifications;

/// <summary>What is posted: see Runs/README.md.</summary>
/// <param name="Id">Tells a notification that comes twice: the same id is the same notification.</param>
/// <param name="Event">run.failed, or run.recovered.</param>
/// <param name="Text">A sentence for people, which chat services show; &amp;, &lt; and &gt; are escaped as they ask for.</param>
/// <param name="Lake">Whose runs these are.</param>
/// <param name="RunId">The run.</param>
/// <param name="StartedAt">Its first step (UTC).</param>
/// <param name="EndedAt">Its last step (UTC).</param>
/// <param name="FailedRunId">With run.recovered: the run whose failure was told before; else null.</param>
/// <param name="Problems">With run.failed: what went wrong, the first of it.</param>
/// <param name="ProblemCount">How many problems there are.</param>
public sealed record Notification(
    string Id,
    string Event,
    string Text,
    string Lake,
    string RunId,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string? FailedRunId,
    IReadOnlyList<string> Problems,
    int ProblemCount)
{
    private const int MaxProblemLength = 1000;

    public static Notification Failed(EndedRun run, string lake) => new(
        $"{run.RunId}:failed",
        "run.failed",
        Escape(
            $"SpotifyEtl: run {run.RunId} on {lake} failed. {(run.Problems.Count > 0 ? Cut(run.Problems[0]) : string.Empty)}{More(run.ProblemCount)}"
                .TrimEnd()),
        lake,
        run.RunId,
        run.StartedAt,
        run.EndedAt,
        FailedRunId: null,
        [.. run.Problems.Select(Cut)],
        run.ProblemCount);

    public static Notification Recovered(EndedRun run, string lake, string failedRunId) => new(
        $"{run.RunId}:recovered",
        "run.recovered",
        Escape($"SpotifyEtl: run {run.RunId} on {lake} succeeded; run {failedRunId} had failed."),
        lake,
        run.RunId,
        run.StartedAt,
        run.EndedAt,
        failedRunId,
        [],
        ProblemCount: 0);

    private static string More(int problems) => problems > 1 ? $" (and {problems - 1} more)" : string.Empty;

    private static string Cut(string problem) => problem.Length <= MaxProblemLength ? problem : problem[..MaxProblemLength] + "…";

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
