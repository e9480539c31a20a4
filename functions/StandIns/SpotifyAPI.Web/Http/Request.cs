namespace SpotifyAPI.Web.Http;

public class Request(
    Uri baseAddress, Uri endpoint, HttpMethod method, IDictionary<string, string> headers, IDictionary<string, string> parameters) : IRequest
{
    public Request(Uri baseAddress, Uri endpoint, HttpMethod method)
        : this(baseAddress, endpoint, method, new Dictionary<string, string>(StringComparer.Ordinal))
    {
    }

    public Request(Uri baseAddress, Uri endpoint, HttpMethod method, IDictionary<string, string> headers)
        : this(baseAddress, endpoint, method, headers, new Dictionary<string, string>(StringComparer.Ordinal))
    {
    }

    public Uri BaseAddress { get; set; } = baseAddress;

    public Uri Endpoint { get; set; } = endpoint;

    public IDictionary<string, string> Headers { get; } = headers;

    public IDictionary<string, string> Parameters { get; } = parameters;

    public HttpMethod Method { get; set; } = method;

    public object? Body { get; set; }
}
