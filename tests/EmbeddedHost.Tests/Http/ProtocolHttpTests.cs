using System.Net;
using Microsoft.Extensions.Configuration;
using SampleApp;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

/// <summary>An app without a server of its own: requests and answers go over the worker protocol.</summary>
public sealed class ProtocolHttpTests(ProtocolHttpTests.WithoutServer app) : IClassFixture<ProtocolHttpTests.WithoutServer>
{
    private readonly WebHost _host = app.Host;

    [Fact]
    public async Task A_function_is_given_all_of_a_request_and_gives_all_of_an_answer()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/worker/ada?q=1%202") { Content = Json("""{"Name":"a","Count":1}""") };
        request.Headers.Add("Cookie", "crumb=c");
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"Name":"a","Count":2,"Color":0,"At":null}""", await BodyOf(response));
        Assert.Equal("ada 1 2 Worker ada", response.Headers.GetValues("X-Name").Single());
        Assert.Equal("crumb=c; path=/; samesite=strict; httponly", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    public async Task Bytes_come_back_as_they_went(int count)
    {
        var bytes = Enumerable.Range(0, count).Select(number => (byte)number).ToArray();

        using HttpRequestMessage request = new(HttpMethod.Put, "/api/Bytes?a=%20b&c") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Sent", "here");
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(("here", $"{_host.Url}api/Bytes?a=%20b&c"), (response.Headers.GetValues("X-Sent").Single(), response.Headers.GetValues("X-Url").Single()));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_400()
    {
        using var response = await _host.Http.PostAsync("/api/Bytes", new ByteArrayContent(new byte[(1024 * 1024) + 1]), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/empty/204", 204)]
    [InlineData("GET", "/api/empty/304", 304)]
    [InlineData("HEAD", "/api/empty/200", 200)]
    [InlineData("GET", "/api/Fails", 500)]
    [InlineData("GET", "/api/empty/none", 404)]
    [InlineData("DELETE", "/api/Fails", 404)]
    public async Task An_answer_without_a_body_stays_one(string method, string path, int status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await BodyOf(response));
    }

    [Fact]
    public async Task A_durable_client_starts_an_orchestration_and_tells_where_to_ask()
    {
        using var started = await _host.PostAsync("/api/Start?input=x");
        var where = (await JsonOf(started)).GetProperty("StatusQueryGetUri").GetString()!;

        await Until.HoldsAsync(async () => (await _host.GetAsync(where)).StatusCode is HttpStatusCode.OK);

        Assert.Equal("done x", (await JsonOf(await _host.GetAsync(where))).GetProperty("output").GetString());
    }

    /// <summary>The sample without ASP.NET Core integration.</summary>
    public sealed class WithoutServer : IAsyncLifetime
    {
        internal WebHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await StartAsync(
            configure: builder => builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(Sample.HttpSetting, (string?)Sample.OverTheProtocol)]));

        public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
