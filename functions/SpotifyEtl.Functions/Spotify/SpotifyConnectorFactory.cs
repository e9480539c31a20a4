using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Makes connectors over the HTTP client named <see cref="HttpClientName"/>.</summary>
/// <remarks>They repeat nothing: a token request's form is gone once it is sent, so that only whoever asked for the token can ask again.</remarks>
public sealed class SpotifyConnectorFactory(
    IHttpClientFactory clients,
    SpotifyAuthenticator authenticator,
    SpotifyPace pace,
    SpotifyBounds bounds,
    SpotifySecrets secrets,
    IOptions<SpotifyOptions> options)
{
    public const string HttpClientName = "Spotify";

    // The package's own serializer is not among the types that the app may name.
    private static readonly IJSONSerializer s_serializer = SpotifyClientConfig.CreateDefault().JSONSerializer;

    /// <summary>Signs in, and reads nothing: tells whether the credentials are taken.</summary>
    /// <exception cref="EtlException">They are not, or the accounts service cannot be asked; the message says what to do.</exception>
    public async Task SignInAsync()
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        Request carrier = new(SpotifyAddresses.Api(options.Value), new Uri("me", UriKind.Relative), HttpMethod.Get, headers);
        try
        {
            await authenticator.Apply(carrier, Create());
        }
        catch (SpotifyBusyException busy)
        {
            throw new TransientEtlException($"{busy.Message} Wait until then.", busy);
        }
        catch (HopelessRequestException hopeless)
        {
            throw SpotifyFailures.OfSignIn(hopeless);
        }
    }

    internal APIConnector Create() => new(
        SpotifyAddresses.Api(options.Value),
        authenticator,
        s_serializer,
        new PacedHttpClient(new SpotifyHttpClient(clients.CreateClient(HttpClientName), bounds, secrets), pace),
        retryHandler: null,
        httpLogger: null);
}
