using System.Text.Json.Serialization;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What a run did: the orchestration's output and the record in run_data/runs.</summary>
public sealed record RunResult
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Which processed files it transformed again; absent when it was no such run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReprocessRange? Reprocess { get; init; }

    public required IReadOnlyList<PlaylistResult> Playlists { get; init; }

    public required FileCounts Files { get; init; }

    public required RowCounts Rows { get; init; }

    public required IReadOnlyList<CrawlerResult> Crawlers { get; init; }

    /// <summary>What went wrong, for people; none when it succeeded.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What went wrong without making it fail, for people; absent when nothing did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The sum of a run's phases: it succeeded if nothing went wrong in any of them.</summary>
    public static RunResult Of(
        string runId,
        RunRequest request,
        DateTimeOffset startedAt,
        DateTimeOffset endedAt,
        IReadOnlyList<PlaylistResult> playlists,
        BatchResult files,
        IReadOnlyList<CrawlerResult> crawlers,
        IReadOnlyList<string> mismatches)
    {
        List<string> problems =
        [
            .. playlists.Where(playlist => playlist.Status is PlaylistStatus.Failed).Select(playlist => $"Playlist {playlist.PlaylistId}: {playlist.Message}"),
            .. files.Problems,
            .. crawlers.Where(crawler => crawler.Status is CrawlStatus.Failed).Select(crawler => $"Crawler {crawler.Name}: {crawler.Message}"),
            .. mismatches,
        ];
        return new RunResult
        {
            RunId = runId,
            Status = problems.Count == 0 ? RunStatus.Succeeded : RunStatus.Failed,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Reprocess = request.Reprocess,
            Playlists = playlists,
            Files = files.Files,
            Rows = files.Rows,
            Crawlers = crawlers,
            Problems = problems,
        };
    }

    /// <summary>What is known of a run that ended before it left its record: that it failed, and why.</summary>
    public static RunResult WithoutRecord(string runId, DateTimeOffset startedAt, DateTimeOffset endedAt, string reason) => new()
    {
        RunId = runId,
        Status = RunStatus.Failed,
        StartedAt = startedAt,
        EndedAt = endedAt,
        Playlists = [],
        Files = FileCounts.None,
        Rows = RowCounts.None,
        Crawlers = [],
        Problems = [reason],
    };
}

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    Succeeded,
    Failed,
}
