using System.Text.Json.Serialization;

namespace SpotifyEtl.Spotify;

/// <summary>What became of one source, other than a playlist, in a run.</summary>
public sealed record SourceResult
{
    /// <summary>Its name, such as <c>me/tracks</c>.</summary>
    public required string Source { get; init; }

    public required PlaylistStatus Status { get; init; }

    /// <summary>What it is called, for people.</summary>
    public string? Name { get; init; }

    /// <summary>The rows of its raw file; of <c>me/playlists</c> the playlists that were found.</summary>
    public int Items { get; init; }

    /// <summary>The key of its raw file, if it has one.</summary>
    public string? RawKey { get; init; }

    /// <summary>Why it was not loaded, for people.</summary>
    public string? Message { get; init; }

    /// <summary>What is odd about what was loaded, for people; absent when nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>The ids of the playlists that were found; absent for all but <c>me/playlists</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Playlists { get; init; }

    /// <summary>How often Spotify put it off and the run waited for it.</summary>
    public int Deferrals { get; init; }

    /// <summary>The time until which Spotify put it off last.</summary>
    public DateTimeOffset? DeferredUntil { get; init; }

    /// <summary>A source whose raw file is in the lake.</summary>
    public static SourceResult Loaded(SourceId source, int items, string rawKey) =>
        new() { Source = source.Name, Status = PlaylistStatus.Loaded, Name = source.Title, Items = items, RawKey = rawKey };

    /// <summary>A source that told of playlists, which are loaded as such.</summary>
    public static SourceResult Found(SourceId source, IReadOnlyList<string> playlists) =>
        new() { Source = source.Name, Status = PlaylistStatus.Loaded, Name = source.Title, Items = playlists.Count, Playlists = playlists };

    /// <summary>A source that has nothing that is not loaded.</summary>
    public static SourceResult Skipped(SourceId source, string message) =>
        new() { Source = source.Name, Status = PlaylistStatus.Skipped, Name = source.Title, Message = message };

    public static SourceResult Failed(string source, string message) =>
        new() { Source = source, Status = PlaylistStatus.Failed, Message = message };
}
