using System.Text;

namespace SpotifyAPI.Web.Http;

/// <summary>Sends requests with an <see cref="HttpClient"/> and reads every body to its end, as text.</summary>
public class NetHttpClient : IHTTPClient
{
    private readonly HttpClient _httpClient;

    public NetHttpClient() => _httpClient = new HttpClient();

    public NetHttpClient(HttpClient httpClient) => _httpClient = httpClient;

    public async Task<IResponse> DoRequest(IRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);

        using var message = MessageOf(request);
        using var answer = await _httpClient.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancel);
        return new Response(answer.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.Ordinal))
        {
            StatusCode = answer.StatusCode,
            ContentType = answer.Content.Headers.ContentType?.MediaType,
            Body = await answer.Content.ReadAsStringAsync(cancel),
        };
    }

    public void SetRequestTimeout(TimeSpan timeout) => _httpClient.Timeout = timeout;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _httpClient.Dispose();
        }
    }

    private static HttpRequestMessage MessageOf(IRequest request)
    {
        var message = new HttpRequestMessage(request.Method, QueryString.Apply(new Uri(request.BaseAddress, request.Endpoint), request.Parameters));
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Add(name, value);
        }

        message.Content = request.Body switch
        {
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            Stream stream => new StreamContent(stream),
            _ => null,
        };
        return message;
    }
}
