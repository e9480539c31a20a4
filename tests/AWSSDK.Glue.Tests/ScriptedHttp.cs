using System.Net;
using System.Text;
using Amazon.Runtime;

namespace AwsJson.Tests;

/// <summary>Takes the place of the network: keeps what was sent and answers as a test wants.</summary>
internal sealed class ScriptedHttp(Func<int, HttpResponseMessage> answer) : HttpClientFactory
{
    public List<Sent> Requests { get; } = [];

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this), disposeHandler: true);

    // Clients of one configuration share what this makes, unless it says that they must not.
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private HttpResponseMessage Answer(int number) => answer(number);

    private sealed class Handler(ScriptedHttp script) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content!.Headers).ToDictionary(
                header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
            headers.TryAdd("host", request.RequestUri!.IsDefaultPort ? request.RequestUri.Host : request.RequestUri.Authority);
            script.Requests.Add(new Sent(request.Method.Method, request.RequestUri, headers, await request.Content.ReadAsStringAsync(cancellationToken)));
            return script.Answer(script.Requests.Count);
        }
    }
}

/// <summary>A request as it was sent.</summary>
internal sealed record Sent(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Authorization => Headers["Authorization"];
}
