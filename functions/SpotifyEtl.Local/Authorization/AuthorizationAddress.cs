using SpotifyAPI.Web;

namespace SpotifyEtl.Local.Authorization;

/// <summary>The page of Spotify where a user agrees.</summary>
internal static class AuthorizationAddress
{
    /// <summary>What the user is asked to allow.</summary>
    public static IReadOnlyList<string> Scopes(bool topTracks) =>
        ["playlist-read-private", "playlist-read-collaborative", .. topTracks ? ["user-top-read"] : Array.Empty<string>()];

    public static Uri Of(string clientId, AuthorizationCallback callback, IReadOnlyList<string> scopes)
    {
        (string Name, string Value)[] query =
        [
            ("client_id", clientId),
            ("response_type", "code"),
            ("redirect_uri", callback.RedirectUri.ToString()),
            ("state", callback.State),
            ("scope", string.Join(' ', scopes)),
        ];
        return new Uri($"{SpotifyUrls.Authorize}?{string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"))}");
    }
}
