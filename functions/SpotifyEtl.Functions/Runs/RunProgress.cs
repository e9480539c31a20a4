using System.Text.Json.Serialization;

namespace SpotifyEtl.Runs;

/// <summary>How far a run is: its orchestration's custom status.</summary>
/// <param name="Phase">What it does now.</param>
/// <param name="Done">Playlists, files, months or crawlers of this phase that are done.</param>
/// <param name="Total">How many there are, as far as is known.</param>
/// <param name="Failed">How many of those done failed or were rejected.</param>
public sealed record RunProgress(RunPhase Phase, int Done, int Total, int Failed)
{
    /// <summary>How many playlists Spotify put off and the run waits for; absent when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Deferred { get; init; }

    /// <summary>Until when the next of the playlists that Spotify put off is waited for; absent when none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? WaitsUntil { get; init; }
}

/// <summary>A run's phases, in their order.</summary>
public enum RunPhase
{
    Extract,
    Transform,
    Months,
    Crawl,
    Verify,
    Record,
}
