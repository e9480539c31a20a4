namespace SpotifyEtl.Spotify;

/// <summary>What came of an extraction: the playlist is in the lake, or has not changed, or Spotify asks to come back later. One of the three is set.</summary>
/// <param name="Extracted">The playlist, if it was read.</param>
/// <param name="Unchanged">The playlist, if it is still the snapshot that was loaded.</param>
/// <param name="DeferredUntil">The time before which Spotify does not want to be asked again, if it was not.</param>
public sealed record ExtractOutcome(ExtractedPlaylist? Extracted, UnchangedPlaylist? Unchanged, DateTimeOffset? DeferredUntil)
{
    public static ExtractOutcome Of(ExtractedPlaylist extracted) => new(extracted, null, null);

    public static ExtractOutcome Of(UnchangedPlaylist unchanged) => new(null, unchanged, null);

    public static ExtractOutcome Deferred(DateTimeOffset until) => new(null, null, until);
}

/// <summary>A playlist whose raw file is in the lake.</summary>
/// <param name="Name">Its name, if Spotify gave one.</param>
/// <param name="SnapshotId">The version that was read, if Spotify gave one.</param>
/// <param name="RawKey">The key of the raw file.</param>
/// <param name="Items">The number of rows in it.</param>
public sealed record ExtractedPlaylist(string PlaylistId, string? Name, string? SnapshotId, string RawKey, int Items);

/// <summary>A playlist that was not read, since its snapshot is loaded already.</summary>
/// <param name="Name">Its name, if Spotify gave one.</param>
public sealed record UnchangedPlaylist(string PlaylistId, string? Name, string SnapshotId);
