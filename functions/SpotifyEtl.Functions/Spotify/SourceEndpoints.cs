using SpotifyAPI.Web;

namespace SpotifyEtl.Spotify;

/// <summary>Where Spotify gives the lists of the signed-in user.</summary>
internal static class SourceEndpoints
{
    public static Uri Of(SourceId source) => source.Kind switch
    {
        SourceKind.UserPlaylists => SpotifyUrls.CurrentUserPlaylists(),
        SourceKind.SavedTracks => SpotifyUrls.LibraryTracks(),
        SourceKind.TopTracks => SpotifyUrls.TopTracks(),
        SourceKind.RecentlyPlayed => SpotifyUrls.PlayerRecentlyPlayed(),
        _ => SpotifyUrls.Playlist(source.Playlist!.Value),
    };
}
