namespace SpotifyEtl.Spotify;

/// <summary>What became of one playlist in a run.</summary>
public sealed record PlaylistResult
{
    public required string PlaylistId { get; init; }

    public required PlaylistStatus Status { get; init; }

    /// <summary>Its name, if Spotify gave one.</summary>
    public string? Name { get; init; }

    /// <summary>The version that was read, or is loaded already, if Spotify gave one.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The rows of its raw file.</summary>
    public int Items { get; init; }

    /// <summary>The key of its raw file.</summary>
    public string? RawKey { get; init; }

    /// <summary>Why it was not loaded, for people.</summary>
    public string? Message { get; init; }

    /// <summary>How often Spotify put it off and the run waited for it.</summary>
    public int Deferrals { get; init; }

    /// <summary>The time until which Spotify put it off last.</summary>
    public DateTimeOffset? DeferredUntil { get; init; }

    /// <summary>A playlist whose raw file is in the lake.</summary>
    public static PlaylistResult Loaded(string playlistId, string? name, string? snapshotId, int items, string rawKey) =>
        new() { PlaylistId = playlistId, Status = PlaylistStatus.Loaded, Name = name, SnapshotId = snapshotId, Items = items, RawKey = rawKey };

    /// <summary>A playlist that was not read, since its snapshot is loaded already.</summary>
    public static PlaylistResult Skipped(string playlistId, string? name, string snapshotId) => new()
    {
        PlaylistId = playlistId,
        Status = PlaylistStatus.Skipped,
        Name = name,
        SnapshotId = snapshotId,
        Message = "It has not changed since it was loaded.",
    };

    public static PlaylistResult Failed(string playlistId, string message) =>
        new() { PlaylistId = playlistId, Status = PlaylistStatus.Failed, Message = message };
}

/// <summary>What a run made of a playlist.</summary>
public enum PlaylistStatus
{
    Loaded,

    /// <summary>Its snapshot was loaded already.</summary>
    Skipped,

    Failed,
}
