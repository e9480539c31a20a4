using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Makes the connector of one call, over the HTTP client named <see cref="HttpClientName"/>.</summary>
public sealed class SpotifyConnectorFactory(
    IHttpClientFactory clients,
    SpotifyAuthenticator authenticator,
    SpotifyPace pace,
    Jitter jitter,
    TimeProvider clock,
    IOptions<SpotifyOptions> options,
    ILogger<SpotifyConnectorFactory> logger)
{
    public const string HttpClientName = "Spotify";

    // The package's own serializer is not among the types that the app may name.
    private static readonly IJSONSerializer Serializer = SpotifyClientConfig.CreateDefault().JSONSerializer;

    /// <summary>Signs in, and reads nothing: tells whether the credentials are taken.</summary>
    /// <exception cref="EtlException">They are not, or the accounts service cannot be asked; the message says what to do.</exception>
    public async Task SignInAsync()
    {
        Request carrier = new(SpotifyAddresses.Api(options.Value), new Uri("me", UriKind.Relative), HttpMethod.Get, new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            await authenticator.Apply(carrier, Create(new CallBudget()));
        }
        catch (SpotifyBusyException busy)
        {
            throw new TransientEtlException($"{busy.Message} Wait until then.", busy);
        }
    }

    internal APIConnector Create(CallBudget budget) => new(
        SpotifyAddresses.Api(options.Value),
        authenticator,
        Serializer,
        new PacedHttpClient(new NetHttpClient(clients.CreateClient(HttpClientName)), pace),
        new SpotifyRetryHandler(budget, authenticator, pace, jitter, clock, logger),
        httpLogger: null);
}
