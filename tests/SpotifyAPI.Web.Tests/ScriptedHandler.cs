using System.Net;
using System.Text;

namespace SpotifyAPI.Web.Tests;

/// <summary>Answers requests from a list, in order, and keeps what was asked.</summary>
internal sealed class ScriptedHandler(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private int _next;

    public List<Sent> Requests { get; } = [];

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Text(string body, HttpStatusCode status) => new(status) { Content = new StringContent(body) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(
            new Sent(
                request.Method,
                request.RequestUri!.AbsoluteUri,
                request.Headers.Authorization?.ToString(),
                body,
                request.Content?.Headers.ContentType?.MediaType));
        return answers[_next++]();
    }

    internal sealed record Sent(HttpMethod Method, string Address, string? Authorization, string? Body, string? ContentType);
}
