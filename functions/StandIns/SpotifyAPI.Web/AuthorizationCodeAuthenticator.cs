using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Signs requests with a user's token and renews it when it has expired. An answer without a refresh token leaves the old one in place.</summary>
public class AuthorizationCodeAuthenticator : IAuthenticator
{
    public AuthorizationCodeAuthenticator(string clientId, string clientSecret, AuthorizationCodeTokenResponse initialToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentNullException.ThrowIfNull(initialToken);
        ClientId = clientId;
        ClientSecret = clientSecret;
        InitialToken = initialToken;
    }

    /// <summary>Told after each renewal.</summary>
#pragma warning disable MA0046 // The package's own signature.
    public event EventHandler<AuthorizationCodeTokenResponse>? TokenRefreshed;
#pragma warning restore MA0046

    public string ClientId { get; }

    public string ClientSecret { get; }

    /// <summary>The token in use: the one given at first, with what each renewal changed.</summary>
    public AuthorizationCodeTokenResponse InitialToken { get; }

    public async Task Apply(IRequest request, IAPIConnector apiConnector)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (InitialToken.IsExpired)
        {
            var renewed = await OAuthClient.RequestToken(new AuthorizationCodeRefreshRequest(ClientId, ClientSecret, InitialToken.RefreshToken), apiConnector);
            InitialToken.AccessToken = renewed.AccessToken;
            InitialToken.TokenType = renewed.TokenType;
            InitialToken.ExpiresIn = renewed.ExpiresIn;
            InitialToken.CreatedAt = renewed.CreatedAt;
            InitialToken.Scope = renewed.Scope;
            InitialToken.RefreshToken = renewed.RefreshToken ?? InitialToken.RefreshToken;
            TokenRefreshed?.Invoke(this, InitialToken);
        }

        request.Headers["Authorization"] = $"{InitialToken.TokenType} {InitialToken.AccessToken}";
    }
}
