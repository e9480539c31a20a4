namespace SpotifyAPI.Web;

/// <summary>What a token for the app itself is requested with.</summary>
public class ClientCredentialsRequest
{
    public ClientCredentialsRequest(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ClientId = clientId;
        ClientSecret = clientSecret;
    }

    public string ClientId { get; }

    public string ClientSecret { get; }
}
