namespace SpotifyAPI.Web;

/// <summary>What a user's token is renewed with.</summary>
public class AuthorizationCodeRefreshRequest
{
    public AuthorizationCodeRefreshRequest(string clientId, string clientSecret, string refreshToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentException.ThrowIfNullOrEmpty(refreshToken);
        ClientId = clientId;
        ClientSecret = clientSecret;
        RefreshToken = refreshToken;
    }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public string RefreshToken { get; }
}
