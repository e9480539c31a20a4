namespace SpotifyEtl.Spotify;

/// <summary>What came of an extraction: the playlist is in the lake, or Spotify asks to come back later. One of the two is set.</summary>
/// <param name="Extracted">The playlist, if it was read.</param>
/// <param name="DeferredUntil">The time before which Spotify does not want to be asked again, if it was not.</param>
public sealed record ExtractOutcome(ExtractedPlaylist? Extracted, DateTimeOffset? DeferredUntil)
{
    public static ExtractOutcome Of(ExtractedPlaylist extracted) => new(extracted, null);

    public static ExtractOutcome Deferred(DateTimeOffset until) => new(null, until);
}

/// <summary>A playlist whose raw file is in the lake.</summary>
/// <param name="Name">Its name, if Spotify gave one.</param>
/// <param name="SnapshotId">The version that was read, if Spotify gave one.</param>
/// <param name="RawKey">The key of the raw file.</param>
/// <param name="Items">The number of rows in it.</param>
public sealed record ExtractedPlaylist(string PlaylistId, string? Name, string? SnapshotId, string RawKey, int Items);
