using SpotifyEtl.Spotify;

namespace SpotifyEtl.Runs;

/// <summary>How many playlists were loaded, passed over as loaded already, and failed.</summary>
public sealed record PlaylistCounts(int Loaded, int Skipped, int Failed)
{
    public static PlaylistCounts Of(IReadOnlyList<PlaylistResult> playlists)
    {
        int CountOf(PlaylistStatus status) => playlists.Count(playlist => playlist.Status == status);
        return new(CountOf(PlaylistStatus.Loaded), CountOf(PlaylistStatus.Skipped), CountOf(PlaylistStatus.Failed));
    }
}
