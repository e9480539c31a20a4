using System.Net;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor;

/// <summary>A browser without a window: it keeps cookies, sends Origin with forms, and shows redirects as they are.</summary>
internal sealed class MonitorClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _origin;

    public MonitorClient(ServingProgram server)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = server.Http.BaseAddress,
        };
        _origin = server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Cancellation);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Sends a form as this site's own page would.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => PostFromAsync(_origin, path, fields);

    /// <summary>Sends a form as a page of some origin would; null: without telling the origin.</summary>
    public async Task<HttpResponseMessage> PostFromAsync(string? origin, string path, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _http.SendAsync(request, Cancellation);
    }

    /// <summary>Starts a run of the settings' playlists and waits until it has ended.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> RunAsync(params (string Name, string Value)[] fields)
    {
        using var started = await PostAsync("/start", fields);
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        var path = started.Headers.Location!.ToString();
        while ((await ReadAsync(path)).Contains("data-refresh", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        return path["/runs/".Length..];
    }

    public void Dispose() => _http.Dispose();
}
