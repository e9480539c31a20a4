namespace SpotifyEtl.Spotify;

/// <summary>What came of an extraction: what became of the playlist, or that Spotify asks to come back later. One of the two is set.</summary>
/// <param name="Playlist">The playlist, if Spotify could be asked for it.</param>
/// <param name="DeferredUntil">The time before which Spotify does not want to be asked again, if it was not.</param>
public sealed record ExtractOutcome(PlaylistResult? Playlist, DateTimeOffset? DeferredUntil)
{
    public static ExtractOutcome Of(PlaylistResult playlist) => new(playlist, null);

    public static ExtractOutcome Deferred(DateTimeOffset until) => new(null, until);
}
