using SpotifyAPI.Web;

namespace SpotifyEtl.Spotify;

/// <summary>The addresses that settings give, else Spotify's own.</summary>
internal static class SpotifyAddresses
{
    public static Uri DefaultApi => SpotifyUrls.APIV1;

    public static Uri DefaultToken => SpotifyUrls.OAuthToken;

    /// <summary>The API's address, with the slash at its end that relative endpoints need.</summary>
    public static Uri Api(SpotifyOptions options) =>
        string.IsNullOrEmpty(options.ApiBaseUrl) ? DefaultApi : new Uri(options.ApiBaseUrl.TrimEnd('/') + '/');

    public static Uri Token(SpotifyOptions options) =>
        string.IsNullOrEmpty(options.TokenUrl) ? DefaultToken : new Uri(options.TokenUrl);
}
