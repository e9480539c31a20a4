using SpotifyAPI.Web;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Authorization;

/// <summary>The page of Spotify where a user agrees.</summary>
internal static class AuthorizationAddress
{
    /// <summary>What the user is asked to allow: playlists, and what these sources need.</summary>
    public static IReadOnlyList<string> Scopes(IEnumerable<SourceId> sources) =>
        [.. SourceId.PlaylistScopes.Concat(sources.SelectMany(source => source.Scopes)).Distinct(StringComparer.Ordinal)];

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
