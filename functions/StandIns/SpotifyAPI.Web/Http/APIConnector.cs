using System.Net;

namespace SpotifyAPI.Web.Http;

/// <summary>Sends requests: authenticates them, lets the retry handler see each answer, and turns an error status into an exception.</summary>
/// <remarks>
/// The authenticator sees relative endpoints and those of https://api.spotify.com only; any other absolute address, that of the tokens
/// among them, is sent as it is.
/// </remarks>
public class APIConnector(
    Uri baseAddress,
    IAuthenticator? authenticator,
    IJSONSerializer jsonSerializer,
    IHTTPClient httpClient,
    IRetryHandler? retryHandler,
    IHTTPLogger? httpLogger) : IAPIConnector
{
    public APIConnector(Uri baseAddress, IAuthenticator authenticator)
        : this(baseAddress, authenticator, new SnakeCaseJSONSerializer(), new NetHttpClient(), null, null)
    {
    }

    public Task<T> Get<T>(Uri uri, CancellationToken cancel) => SendAPIRequest<T>(uri, HttpMethod.Get, cancel: cancel);

    public Task<T> Get<T>(Uri uri, IDictionary<string, string>? parameters, CancellationToken cancel) =>
        SendAPIRequest<T>(uri, HttpMethod.Get, parameters, cancel: cancel);

    public Task<T> Post<T>(Uri uri, CancellationToken cancel) => SendAPIRequest<T>(uri, HttpMethod.Post, cancel: cancel);

    public Task<T> Post<T>(Uri uri, IDictionary<string, string>? parameters, CancellationToken cancel) =>
        SendAPIRequest<T>(uri, HttpMethod.Post, parameters, cancel: cancel);

    public Task<T> Post<T>(Uri uri, IDictionary<string, string>? parameters, object? body, CancellationToken cancel) =>
        SendAPIRequest<T>(uri, HttpMethod.Post, parameters, body, cancel: cancel);

    public Task<T> Post<T>(
        Uri uri, IDictionary<string, string>? parameters, object? body, Dictionary<string, string>? headers, CancellationToken cancel) =>
        SendAPIRequest<T>(uri, HttpMethod.Post, parameters, body, headers, cancel);

    /// <summary>Sends a request whose body is made JSON, and reads the answer; one that is not <c>application/json</c> gives the default of <c>T</c>.</summary>
    public async Task<T> SendAPIRequest<T>(
        Uri uri,
        HttpMethod method,
        IDictionary<string, string>? parameters = null,
        object? body = null,
        IDictionary<string, string>? headers = null,
        CancellationToken cancel = default)
    {
        var request = RequestOf(uri, method, parameters, body, headers);
        jsonSerializer.SerializeRequest(request);
        var response = await SendAsync(request, cancel);
        return jsonSerializer.DeserializeResponse<T>(response).Body!;
    }

    /// <summary>Sends a request and gives the answer with its body as text.</summary>
    public Task<IResponse> SendRawRequest(
        Uri uri,
        HttpMethod method,
        IDictionary<string, string>? parameters = null,
        object? body = null,
        IDictionary<string, string>? headers = null,
        CancellationToken cancel = default) =>
        SendAsync(RequestOf(uri, method, parameters, body, headers), cancel);

    public void SetRequestTimeout(TimeSpan timeout) => httpClient.SetRequestTimeout(timeout);

    private Request RequestOf(
        Uri uri, HttpMethod method, IDictionary<string, string>? parameters, object? body, IDictionary<string, string>? headers)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(method);
        return new Request(
            baseAddress,
            uri,
            method,
            headers ?? new Dictionary<string, string>(StringComparer.Ordinal),
            parameters ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Body = body,
        };
    }

    private async Task<IResponse> SendAsync(Request request, CancellationToken cancel)
    {
        await AuthenticateAsync(request);
        httpLogger?.OnRequest(request);
        var response = await httpClient.DoRequest(request, cancel);
        httpLogger?.OnResponse(response);
        if (retryHandler is not null)
        {
            response = await retryHandler.HandleRetry(request, response, (_, token) => SendAgainAsync(request, token), cancel);
        }

        return (int)response.StatusCode is >= 200 and < 400 ? response : throw ErrorOf(response);
    }

    private async Task<IResponse> SendAgainAsync(Request request, CancellationToken cancel)
    {
        await AuthenticateAsync(request);
        var response = await httpClient.DoRequest(request, cancel);
        httpLogger?.OnResponse(response);
        return response;
    }

    private Task AuthenticateAsync(Request request)
    {
        if (request.Endpoint.IsAbsoluteUri && !request.Endpoint.AbsoluteUri.Contains("https://api.spotify.com", StringComparison.Ordinal))
        {
            return Task.CompletedTask;
        }

        return authenticator is null
            ? throw new InvalidOperationException($"The endpoint {request.Endpoint} needs an authenticator, and the connector has none.")
            : authenticator.Apply(request, this);
    }

    private static APIException ErrorOf(IResponse response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => new APIUnauthorizedException(response),
        HttpStatusCode.TooManyRequests => new APITooManyRequestsException(response),
        _ => new APIException(response),
    };
}
