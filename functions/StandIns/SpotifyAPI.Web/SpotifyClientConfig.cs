using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>The parts of a client. Immutable: each With gives a copy, without a connector that was set before.</summary>
public class SpotifyClientConfig
{
    private SpotifyClientConfig()
    {
    }

    public Uri BaseAddress { get; private set; } = SpotifyUrls.APIV1;

    public IAuthenticator? Authenticator { get; private set; }

    public IJSONSerializer JSONSerializer { get; private set; } = new SnakeCaseJSONSerializer();

    public IHTTPClient HTTPClient { get; private set; } = null!;

    public IRetryHandler? RetryHandler { get; private set; }

    public IHTTPLogger? HTTPLogger { get; private set; }

    public IAPIConnector? APIConnector { get; private set; }

    public static SpotifyClientConfig CreateDefault() => new() { HTTPClient = new NetHttpClient() };

    public static SpotifyClientConfig CreateDefault(string token, string tokenType = "Bearer") =>
        CreateDefault().WithAuthenticator(new TokenAuthenticator(token, tokenType));

    public SpotifyClientConfig WithToken(string token, string tokenType = "Bearer")
    {
        ArgumentNullException.ThrowIfNull(token);
        return With(copy => copy.Authenticator = new TokenAuthenticator(token, tokenType));
    }

    public SpotifyClientConfig WithAuthenticator(IAuthenticator authenticator)
    {
        ArgumentNullException.ThrowIfNull(authenticator);
        return With(copy => copy.Authenticator = authenticator);
    }

    public SpotifyClientConfig WithHTTPClient(IHTTPClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        return With(copy => copy.HTTPClient = httpClient);
    }

    public SpotifyClientConfig WithJSONSerializer(IJSONSerializer jsonSerializer)
    {
        ArgumentNullException.ThrowIfNull(jsonSerializer);
        return With(copy => copy.JSONSerializer = jsonSerializer);
    }

    public SpotifyClientConfig WithRetryHandler(IRetryHandler retryHandler) => With(copy => copy.RetryHandler = retryHandler);

    public SpotifyClientConfig WithHTTPLogger(IHTTPLogger httpLogger) => With(copy => copy.HTTPLogger = httpLogger);

    public SpotifyClientConfig WithAPIConnector(IAPIConnector apiConnector)
    {
        ArgumentNullException.ThrowIfNull(apiConnector);
        return With(copy => copy.APIConnector = apiConnector);
    }

    /// <summary>The connector that was set, else a new one of these parts.</summary>
    public IAPIConnector BuildAPIConnector() =>
        APIConnector ?? new APIConnector(BaseAddress, Authenticator, JSONSerializer, HTTPClient, RetryHandler, HTTPLogger);

    private SpotifyClientConfig With(Action<SpotifyClientConfig> change)
    {
        var copy = (SpotifyClientConfig)MemberwiseClone();
        copy.APIConnector = null;
        change(copy);
        return copy;
    }
}
