using System.Text;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Requests tokens at <see cref="SpotifyUrls.OAuthToken"/>.</summary>
public class OAuthClient(IAPIConnector apiConnector)
{
    public OAuthClient()
        : this(SpotifyClientConfig.CreateDefault())
    {
    }

    public OAuthClient(SpotifyClientConfig config)
        : this(new APIConnector(
            config.BaseAddress, config.Authenticator, config.JSONSerializer, config.HTTPClient, config.RetryHandler, config.HTTPLogger))
    {
    }

    public Task<ClientCredentialsTokenResponse> RequestToken(ClientCredentialsRequest request, CancellationToken cancel = default) =>
        RequestToken(request, apiConnector, cancel);

    public static Task<ClientCredentialsTokenResponse> RequestToken(
        ClientCredentialsRequest request, IAPIConnector apiConnector, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(apiConnector);

        var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{request.ClientId}:{request.ClientSecret}")),
        };
        return apiConnector.Post<ClientCredentialsTokenResponse>(SpotifyUrls.OAuthToken, null, form, headers, cancel);
    }
}
