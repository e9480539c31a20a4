using SpotifyEtl.Spotify;

namespace SpotifyEtl.Runs;

/// <summary>How many playlists, or other sources, were loaded, passed over as loaded already, and failed.</summary>
public sealed record PlaylistCounts(int Loaded, int Skipped, int Failed)
{
    public static PlaylistCounts Of(IReadOnlyList<PlaylistResult> playlists) => Of([.. playlists.Select(playlist => playlist.Status)]);

    public static PlaylistCounts Of(IReadOnlyList<SourceResult> sources) => Of([.. sources.Select(source => source.Status)]);

    private static PlaylistCounts Of(List<PlaylistStatus> statuses)
    {
        int CountOf(PlaylistStatus status) => statuses.Count(one => one == status);
        return new(CountOf(PlaylistStatus.Loaded), CountOf(PlaylistStatus.Skipped), CountOf(PlaylistStatus.Failed));
    }
}
