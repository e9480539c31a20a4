using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>run --json</c> prints.</summary>
internal sealed record RunResultJson(
    string RunId,
    RunStatus Status,
    IReadOnlyList<PlaylistResult> Playlists,
    IReadOnlyList<SourceResult> Sources,
    FileCounts Files,
    RowCounts Rows,
    IReadOnlyList<RejectedFile> Rejected,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Problems,
    IReadOnlyList<CrawlerResult> Crawlers,
    long ElapsedMs)
{
    public static RunResultJson Of(RunResult result) => new(
        result.RunId,
        result.Status,
        result.Playlists,
        result.Sources ?? [],
        result.Files,
        result.Rows,
        result.Rejected ?? [],
        result.Warnings ?? [],
        result.Problems,
        result.Crawlers,
        (long)(result.EndedAt - result.StartedAt).TotalMilliseconds);
}
