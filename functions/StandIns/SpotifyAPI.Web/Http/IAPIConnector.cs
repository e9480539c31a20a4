namespace SpotifyAPI.Web.Http;

/// <summary>Sends requests to the Web API and reads the answers as <c>T</c>.</summary>
/// <remarks>Every member throws <see cref="APIException"/>, or one of its kinds, for a status outside 200 to 399.</remarks>
public interface IAPIConnector
{
    Task<T> Get<T>(Uri uri, CancellationToken cancel = default);

    Task<T> Get<T>(Uri uri, IDictionary<string, string>? parameters, CancellationToken cancel = default);

    Task<T> Post<T>(Uri uri, CancellationToken cancel = default);

    Task<T> Post<T>(Uri uri, IDictionary<string, string>? parameters, CancellationToken cancel = default);

    Task<T> Post<T>(Uri uri, IDictionary<string, string>? parameters, object? body, CancellationToken cancel = default);

    Task<T> Post<T>(
        Uri uri, IDictionary<string, string>? parameters, object? body, Dictionary<string, string>? headers, CancellationToken cancel = default);

    Task<T> SendAPIRequest<T>(
        Uri uri,
        HttpMethod method,
        IDictionary<string, string>? parameters = null,
        object? body = null,
        IDictionary<string, string>? headers = null,
        CancellationToken cancel = default);

    void SetRequestTimeout(TimeSpan timeout);
}
