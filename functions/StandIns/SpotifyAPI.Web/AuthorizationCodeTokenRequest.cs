namespace SpotifyAPI.Web;

/// <summary>What an authorization code is exchanged with for a user's token.</summary>
public class AuthorizationCodeTokenRequest
{
    public AuthorizationCodeTokenRequest(string clientId, string clientSecret, string code, Uri redirectUri)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(redirectUri);
        ClientId = clientId;
        ClientSecret = clientSecret;
        Code = code;
        RedirectUri = redirectUri;
    }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public string Code { get; }

    /// <summary>The address that the code was sent to.</summary>
    public Uri RedirectUri { get; }
}
