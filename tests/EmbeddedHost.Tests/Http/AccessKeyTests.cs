using System.Net.Sockets;
using System.Text;
using EmbeddedHost.Hosting;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class AccessKeyTests(AccessKeyTests.Keyed keyed, SharedWebHost shared) : IClassFixture<AccessKeyTests.Keyed>, IClassFixture<SharedWebHost>
{
    private const string Management = "/runtime/webhooks/durabletask/instances";

    [Theory]
    [InlineData("/api/Plain", null, 200)]
    [InlineData("/api/Plain", "wrong", 200)]
    [InlineData("/api/Plain", "function-key", 200)]
    [InlineData("/api/Guarded", null, 401)]
    [InlineData("/api/Guarded", "wrong", 401)]
    [InlineData("/api/Guarded", "function-key", 200)]
    [InlineData("/api/Guarded", "master-key", 200)]
    [InlineData("/api/Guarded", "durable-key", 401)]
    [InlineData("/api/Administer", null, 401)]
    [InlineData("/api/Administer", "function-key", 401)]
    [InlineData("/api/Administer", "durable-key", 401)]
    [InlineData("/api/Administer", "master-key", 200)]
    [InlineData(Management, null, 401)]
    [InlineData(Management, "wrong", 401)]
    [InlineData(Management, "function-key", 403)]
    [InlineData(Management, "durable-key", 200)]
    [InlineData(Management, "master-key", 200)]
    [InlineData("/page", null, 401)]
    [InlineData("/page", "function-key", 200)]
    public async Task Each_level_opens_with_its_keys_in_the_header_or_the_query(string path, string? key, int status)
    {
        var host = keyed.Host;

        using HttpRequestMessage byHeader = new(HttpMethod.Get, path);
        if (key is not null)
        {
            byHeader.Headers.Add("x-functions-key", key);
        }

        using var headerAnswer = await host.Http.SendAsync(byHeader, Cancellation);
        using var queryAnswer = await host.GetAsync(key is null ? path : $"{path}?code={key}");

        Assert.Equal((status, status), ((int)headerAnswer.StatusCode, (int)queryAnswer.StatusCode));
        if (status >= 400)
        {
            Assert.Empty(await BodyOf(headerAnswer));
        }
    }

    [Fact]
    public async Task A_loopback_host_without_keys_asks_for_none()
    {
        var host = shared.Host;

        Assert.Equal("GET", await host.TextAsync("/api/Administer?code=anything"));
        Assert.Equal("[]", await host.TextAsync(Management));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task A_host_without_keys_does_not_answer_pages_of_other_sites(string header, string value)
    {
        var host = shared.Host;

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/Plain");
        request.Headers.Add(header, value);
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(403, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_host_without_keys_answers_its_own_pages()
    {
        var host = shared.Host;

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/Plain");
        request.Headers.Add("Origin", host.Url.GetLeftPart(UriPartial.Authority));
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Without_a_durable_key_of_its_own_the_API_opens_with_the_one_in_its_links()
    {
        await using var host = await StartAsync(listen => (listen.MasterKey, listen.FunctionKey) = ("master-key", "function-key"));

        using var started = await host.PostAsync("/api/Start?input=x&code=function-key");
        var status = (await JsonOf(started)).GetProperty("StatusQueryGetUri").GetString()!;

        Assert.DoesNotContain("master-key", status, StringComparison.Ordinal);
        Assert.Contains((int)(await host.GetAsync(status)).StatusCode, new[] { 200, 202 });
        Assert.Equal(401, (int)(await host.GetAsync(status.Replace("?code=", "?code=0", StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task Keys_are_never_logged()
    {
        var host = keyed.Host;

        foreach (var key in (string[])["master-key", "function-key", "durable-key", "wrong-key"])
        {
            using var guarded = await host.GetAsync("/api/Guarded?code=" + key);
            using var failing = await host.GetAsync("/api/Throws?code=" + key);
            using var managed = await host.GetAsync($"{Management}/nothing?code={key}");
            await SendRawAsync(host, $"GET /api/Guarded?code={key} HTTP/nine\r\n\r\n");
            await SendRawAsync(host, $"GET /api/Guarded HTTP/1.1\r\nHost: x\r\nx-functions-key {key}\r\n\r\n");
        }

        Assert.NotEmpty(host.Log.Lines);
        Assert.DoesNotContain("-key", string.Join('\n', host.Log.Lines), StringComparison.Ordinal);
    }

    private static async Task SendRawAsync(WebHost host, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using StreamReader reader = new(client.GetStream());
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>A host with keys.</summary>
    public sealed class Keyed : IAsyncLifetime
    {
        internal WebHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await StartAsync(WithKeys);

        public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static void WithKeys(HttpListenOptions listen)
    {
        (listen.MasterKey, listen.FunctionKey, listen.DurableTaskKey) = ("master-key", "function-key", "durable-key");
        listen.MapRoutes = routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(routes, "/page", () => "own page");
    }
}
