using System.Web;

namespace SpotifyAPI.Web;

/// <summary>Addresses: absolute ones, and endpoints relative to <see cref="APIV1"/>.</summary>
public static class SpotifyUrls
{
    public static readonly Uri APIV1 = new("https://api.spotify.com/v1/");

    public static readonly Uri OAuthToken = new("https://accounts.spotify.com/api/token");

    public static readonly Uri Authorize = new("https://accounts.spotify.com/authorize");

    public static Uri Me() => new("me", UriKind.Relative);

    public static Uri CurrentUserPlaylists() => new("me/playlists", UriKind.Relative);

    public static Uri LibraryTracks() => new("me/tracks", UriKind.Relative);

    public static Uri PlayerRecentlyPlayed() => new("me/player/recently-played", UriKind.Relative);

    public static Uri Playlist(string playlistId) => new($"playlists/{HttpUtility.UrlEncode(playlistId)}", UriKind.Relative);

    public static Uri PlaylistItems(string playlistId) => new($"playlists/{HttpUtility.UrlEncode(playlistId)}/items", UriKind.Relative);

    public static Uri PlaylistTracks(string playlistId) => new($"playlists/{HttpUtility.UrlEncode(playlistId)}/tracks", UriKind.Relative);

    public static Uri TopTracks() => new("me/top/tracks", UriKind.Relative);
}
