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

    public Task<AuthorizationCodeRefreshResponse> RequestToken(AuthorizationCodeRefreshRequest request, CancellationToken cancel = default) =>
        RequestToken(request, apiConnector, cancel);

    public Task<AuthorizationCodeTokenResponse> RequestToken(AuthorizationCodeTokenRequest request, CancellationToken cancel = default) =>
        RequestToken(request, apiConnector, cancel);

    public static Task<ClientCredentialsTokenResponse> RequestToken(
        ClientCredentialsRequest request, IAPIConnector apiConnector, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ClientCredentialsTokenResponse>(apiConnector, request.ClientId, request.ClientSecret, cancel, ("grant_type", "client_credentials"));
    }

    public static Task<AuthorizationCodeRefreshResponse> RequestToken(
        AuthorizationCodeRefreshRequest request, IAPIConnector apiConnector, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<AuthorizationCodeRefreshResponse>(
            apiConnector, request.ClientId, request.ClientSecret, cancel, ("grant_type", "refresh_token"), ("refresh_token", request.RefreshToken));
    }

    public static Task<AuthorizationCodeTokenResponse> RequestToken(
        AuthorizationCodeTokenRequest request, IAPIConnector apiConnector, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<AuthorizationCodeTokenResponse>(
            apiConnector,
            request.ClientId,
            request.ClientSecret,
            cancel,
            ("grant_type", "authorization_code"),
            ("code", request.Code),
            ("redirect_uri", request.RedirectUri.ToString()));
    }

    private static Task<T> PostAsync<T>(
        IAPIConnector apiConnector, string clientId, string clientSecret, CancellationToken cancel, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(apiConnector);

        var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")),
        };
        return apiConnector.Post<T>(SpotifyUrls.OAuthToken, null, form, headers, cancel);
    }
}
