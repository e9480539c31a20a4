using System.Text.Json.Serialization;
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
}

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    Succeeded,
    Failed,
}

/// <summary>What became of one playlist.</summary>
public sealed record PlaylistResult(string PlaylistId, PlaylistStatus Status, string? Name, string? SnapshotId, int Items, string? RawKey, string? Message)
{
    /// <summary>How often Spotify put it off and the run waited for it.</summary>
    public int Deferrals { get; init; }

    /// <summary>The time until which Spotify put it off last.</summary>
    public DateTimeOffset? DeferredUntil { get; init; }
}

/// <summary>What a run made of a playlist.</summary>
public enum PlaylistStatus
{
    Loaded,

    /// <summary>Its snapshot was loaded already.</summary>
    Skipped,
    Failed,
}

/// <summary>What became of one crawler.</summary>
public sealed record CrawlerResult(string Name, CrawlerOutcome Status, string? Message);

/// <summary>How a crawler's refresh ended.</summary>
public enum CrawlerOutcome
{
    Succeeded,
    Failed,
}
