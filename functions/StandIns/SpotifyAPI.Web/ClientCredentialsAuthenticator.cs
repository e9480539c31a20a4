using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Requests a token for the app itself when there is none, or when the one before has expired, and keeps it in memory.</summary>
public class ClientCredentialsAuthenticator : IAuthenticator
{
    public ClientCredentialsAuthenticator(string clientId, string clientSecret)
        : this(clientId, clientSecret, null)
    {
    }

    public ClientCredentialsAuthenticator(string clientId, string clientSecret, ClientCredentialsTokenResponse? token)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ClientId = clientId;
        ClientSecret = clientSecret;
        Token = token;
    }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public ClientCredentialsTokenResponse? Token { get; private set; }

    public async Task Apply(IRequest request, IAPIConnector apiConnector)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (Token is null || Token.IsExpired)
        {
            Token = await OAuthClient.RequestToken(new ClientCredentialsRequest(ClientId, ClientSecret), apiConnector);
        }

        request.Headers["Authorization"] = $"{Token.TokenType} {Token.AccessToken}";
    }
}
