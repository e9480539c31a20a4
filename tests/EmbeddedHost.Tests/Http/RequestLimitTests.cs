using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class RequestLimitTests(SharedWebHost shared) : IClassFixture<SharedWebHost>
{
    private readonly WebHost _host = shared.Host;

    [Theory]
    [InlineData("/api/Body", false, 1)]
    [InlineData("/api/Body", true, 1)]
    [InlineData("/api/Echo", false, 1)]
    [InlineData("/api/Echo", true, 1)]
    [InlineData("/api/Echo", false, 10)]
    [InlineData("/api/Echo", true, 10)]
    public async Task A_body_over_the_limit_is_400_that_names_it(string path, bool chunked, int megabytes)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Json("\"" + new string('x', megabytes * 1024 * 1024) + "\"") };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"Message":"The request's body is larger than 1048576 bytes, the most that this host takes."}""", await BodyOf(response));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_exactly_the_limit_is_taken(bool chunked)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/Echo") { Content = Json(new string('x', 1024 * 1024)) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.Created, "1048576"), (response.StatusCode, await BodyOf(response)));
    }

    [Fact]
    public async Task Who_asks_first_is_told_to_go_on()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/Echo") { Content = Json("\"four\"") };
        request.Headers.ExpectContinue = true;
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal("6", await BodyOf(response));
    }

    [Fact]
    public async Task Who_asks_first_for_too_much_is_refused_before_sending_it()
    {
        using TcpClient client = new();
        await client.ConnectAsync(_host.Url.Host, _host.Url.Port, Cancellation);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes("POST /api/Echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"), Cancellation);
        using StreamReader reader = new(client.GetStream());

        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_504_and_its_function_told_to_stop()
    {
        FakeTimeProvider clock = new();
        await using var host = await StartAsync(listen => listen.RequestTimeout = TimeSpan.FromMinutes(1), builder =>
            builder.Services.AddSingleton<TimeProvider>(clock));
        var errand = host.Folder.Errand();

        var answer = host.GetAsync(HttpFunctionTests.PathOf("Waits", errand));
        await Until.TrueAsync(() => errand.Runs == 1);
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer).StatusCode);
        Assert.Equal("""{"Message":"The request did not end within 00:01:00."}""", await BodyOf(await answer));
        await Until.TrueAsync(() => errand.IsTold);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning GET /api/Waits did not end in 00:01:00 and was cancelled.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_of_the_program_may_lift_the_limit_of_time()
    {
        FakeTimeProvider clock = new();
        TaskCompletionSource<bool> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(
            listen =>
            {
                listen.RequestTimeout = TimeSpan.FromMinutes(1);
                listen.MapRoutes = routes => EndpointRouteBuilderExtensions.MapGet(routes, "/long", async (HttpContext context) =>
                {
                    context.Features.Get<IHttpRequestTimeoutFeature>()!.DisableTimeout();
                    begun.SetResult();
                    await result.Task.WaitAsync(context.RequestAborted);
                    return "took its time";
                });
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));

        var answer = host.TextAsync("/long");
        await begun.Task.WaitAsync(Cancellation);
        clock.Advance(TimeSpan.FromHours(2));
        result.SetResult(true);

        Assert.Equal("took its time", await answer);
    }

    [Fact]
    public async Task A_stop_lets_running_requests_end()
    {
        await using var host = await StartAsync();
        var errand = host.Folder.Errand();

        var answer = host.TextAsync(HttpFunctionTests.PathOf("Waits", errand));
        await Until.TrueAsync(() => errand.Runs == 1);
        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        errand.LetGo();
        await stop;

        Assert.Equal("passed", await answer);
    }
}
