using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>Makes the connector of one extraction, over the HTTP client named <see cref="HttpClientName"/>.</summary>
public sealed class SpotifyConnectorFactory(IHttpClientFactory clients, SpotifyAuthenticator authenticator, IOptions<SpotifyOptions> options)
{
    public const string HttpClientName = "Spotify";

    // The package's own serializer is not among the types that the app may name.
    private static readonly IJSONSerializer Serializer = SpotifyClientConfig.CreateDefault().JSONSerializer;

    public APIConnector Create()
    {
        var http = new NetHttpClient(clients.CreateClient(HttpClientName));
        return new APIConnector(SpotifyAddresses.Api(options.Value), authenticator, Serializer, http, retryHandler: null, httpLogger: null);
    }
}
