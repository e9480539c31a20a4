using System.Text.Json.Serialization;

namespace SpotifyEtl.Runs;

/// <summary>What a run was asked for, and the settings it goes by: a snapshot, so that a replay sees what the start saw.</summary>
public sealed record RunRequest
{
    /// <summary>Where the lake was when the run was asked for: a run is never finished on another one.</summary>
    public required string Lake { get; init; }

    /// <summary>The ids of the playlists to extract; none: only what lies in to_process.</summary>
    public required IReadOnlyList<string> Playlists { get; init; }

    /// <summary>The names of the other sources to extract; absent: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Whether unchanged playlists are extracted too.</summary>
    public bool Force { get; init; }

    /// <summary>What was staged into to_process for this run, as a fingerprint of names and bytes; null: nothing.</summary>
    public string? Staged { get; init; }

    /// <summary>Which processed files to transform again, in place of what lies in to_process; absent: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReprocessRange? Reprocess { get; init; }

    /// <summary>The crawlers to refresh.</summary>
    public required IReadOnlyList<string> Crawlers { get; init; }

    /// <summary>The longest wait for one crawler.</summary>
    public required TimeSpan CrawlerTimeout { get; init; }

    /// <summary>Whether the catalog's tables are compared with what the run wrote.</summary>
    public bool VerifyTables { get; init; }

    /// <summary>Whether somebody wants to be told how it ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Notify { get; init; }

    /// <summary>Whether another request asks for the same work.</summary>
    public bool AsksTheSameAs(RunRequest other) =>
        Force == other.Force
        && Staged == other.Staged
        && Reprocess == other.Reprocess
        && AreTheSame(Playlists, other.Playlists)
        && AreTheSame(Sources ?? [], other.Sources ?? []);

    private static bool AreTheSame(IReadOnlyList<string> some, IReadOnlyList<string> others) =>
        some.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal), StringComparer.Ordinal);
}
