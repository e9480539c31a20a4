using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class HttpFunctionTests
{
    private static readonly string s_id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Fact]
    public async Task A_function_answers_under_its_name_with_its_services_and_any_method()
    {
        await using var host = await StartAsync();

        Assert.Equal("Hello GET", await host.TextAsync("/api/Plain"));
        Assert.Equal("Hello POST", await BodyOf(await host.PostAsync("/api/plain")));
        Assert.Equal("text/plain; charset=utf-8", (await host.GetAsync("/api/Plain")).Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Routes_have_constraints_and_optional_segments_that_become_arguments()
    {
        await using var host = await StartAsync();

        Assert.Equal($$"""{"id":"{{s_id}}","part":null,"count":0}""", await host.TextAsync($"/api/items/{s_id}"));
        Assert.Equal($$"""{"id":"{{s_id}}","part":7,"count":1}""", await host.TextAsync($"/api/items/{s_id}/7?a=b"));
        Assert.Equal("a b Green /api/named/a%20b", await host.TextAsync("/api/named/a%20b"));
        Assert.Equal("x Red /api/named/x/Red", await host.TextAsync("/api/named/x/Red"));
    }

    [Theory]
    [InlineData("GET", "/api/items/7")]
    [InlineData("GET", "/api/items/0f8fad5b-d9cb-469f-a165-70867728950e/seven")]
    [InlineData("DELETE", "/api/items/0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/Plain")]
    [InlineData("GET", "/")]
    public async Task What_no_route_or_method_fits_is_404(string method, string path)
    {
        await using var host = await StartAsync();

        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await BodyOf(response));
    }

    [Fact]
    public async Task Functions_may_share_a_route_with_different_methods()
    {
        await using var host = await StartAsync();

        using var put = await host.Http.PutAsync($"/api/items/{s_id}", null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, put.StatusCode);
        Assert.Equal("/elsewhere", put.Headers.Location!.ToString());
        Assert.Equal($$"""{"id":"{{s_id}}","method":"PUT"}""", await BodyOf(put));
    }

    [Fact]
    public async Task A_route_value_that_does_not_fit_its_parameter_is_400()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/api/named/x/Blue");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"Message":"The route value 'color' is 'Blue'; it must be of type Color."}""", await BodyOf(response));
    }

    [Theory]
    [InlineData("""{"name":"a","count":5,"color":1}""", """{"name":"a","count":5,"color":1,"at":null}""")]
    [InlineData("""{"Name":"a","Count":"5"}""", """{"name":"a","count":5,"color":0,"at":null}""")]
    [InlineData("""{}""", """{"name":null,"count":0,"color":0,"at":null}""")]
    public async Task A_body_is_read_and_a_result_written_as_MVC_does(string body, string answer)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync("/api/Body", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(answer, await BodyOf(response));
    }

    [Theory]
    [InlineData("""{"name":""")]
    [InlineData("""{"count":"x"}""")]
    [InlineData("""{"color":"Green"}""")]
    [InlineData("[]")]
    [InlineData("\"str\"")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_does_not_fit_is_400_and_the_function_does_not_run(string body)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync("/api/Body", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("The body is", (await JsonOf(response)).GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_another_content_type_is_415()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.PostAsync("/api/Body", new StringContent("{}"), Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("must be application/json", await BodyOf(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MVCs_JSON_options_apply_to_bodies_and_results()
    {
        await using var host = await StartAsync(configure: builder => builder.Services.Configure<JsonOptions>(
            options => options.JsonSerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter())));

        using var response = await host.PostAsync("/api/Body", """{"name":"a","color":"Green"}""");

        Assert.Equal("""{"name":"a","count":0,"color":"Green","at":null}""", await BodyOf(response));
        Assert.Equal("""{"name":"GET","count":1,"color":"Green","at":null}""", await host.TextAsync("/api/Record"));
    }

    [Fact]
    public async Task A_function_may_return_an_IResult_or_problem_details()
    {
        await using var host = await StartAsync();

        using var result = await host.GetAsync("/api/Result");
        using var problem = await host.GetAsync("/api/Problem");

        Assert.Equal(418, (int)result.StatusCode);
        Assert.Equal("""{"path":"/api/Result"}""", await BodyOf(result));
        Assert.Equal("application/problem+json; charset=utf-8", problem.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"title":"T","status":400,"detail":"GET"}""", await BodyOf(problem));
    }

    [Fact]
    public async Task An_exception_is_500_with_an_empty_body_and_is_logged()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/api/Throws");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await BodyOf(response));
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Error HTTP function Throws failed.", StringComparison.Ordinal) && line.Contains("secret reason GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/Body", false, 1)]
    [InlineData("/api/Body", true, 1)]
    [InlineData("/api/Echo", false, 1)]
    [InlineData("/api/Echo", true, 1)]
    [InlineData("/api/Echo", false, 10)]
    [InlineData("/api/Echo", true, 10)]
    public async Task A_body_over_the_limit_is_400_that_names_it(string path, bool chunked, int megabytes)
    {
        await using var host = await StartAsync();

        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Json("\"" + new string('x', megabytes * 1024 * 1024) + "\"") };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"Message":"The request's body is larger than 1048576 bytes, the most that this host takes."}""", await BodyOf(response));
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_taken()
    {
        await using var host = await StartAsync(listen => listen.MaxRequestBytes = 1000);

        using var response = await host.PostAsync("/api/Echo", new string('x', 1000));

        Assert.Equal("1000", await BodyOf(response));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_cancelled_and_504()
    {
        FakeTimeProvider clock = new();
        await using var host = await StartAsync(listen => listen.RequestTimeout = TimeSpan.FromMinutes(1), builder => builder.Services.AddSingleton<TimeProvider>(clock));

        var answer = host.GetAsync("/api/Hang");
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await poll.WaitForNextTickAsync(Cancellation);
        }

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer).StatusCode);
    }

    [Fact]
    public async Task The_workers_own_types_of_request_and_answer_work_beside_ASP_NETs()
    {
        await using var host = await StartAsync();

        using HttpRequestMessage request = new(HttpMethod.Post, "/api/worker/ada?q=1%202") { Content = Json("""{"Name":"a","Count":1}""") };
        request.Headers.Add("Cookie", "crumb=c");
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"Name":"a","Count":2,"Color":0,"At":null}""", await BodyOf(response));
        Assert.Equal("ada 1 2 Worker ada", response.Headers.GetValues("X-Name").Single());
        Assert.Equal("crumb=c; samesite=strict; httponly", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task The_route_prefix_comes_from_host_json()
    {
        await using var none = await StartAsync(hostJson: """{ "extensions": { "http": { "routePrefix": "" } } }""");
        await using var other = await StartAsync(hostJson: """{ "extensions": { "http": { "routePrefix": "/v1/x/" } } }""");

        Assert.Equal("Hello GET", await none.TextAsync("/Plain"));
        Assert.Equal("Hello GET", await other.TextAsync("/v1/x/Plain"));
    }

    [Fact]
    public async Task No_answer_says_what_serves_it()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/api/Plain");

        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task A_stop_lets_running_requests_end()
    {
        Gate gate = new();
        await using var host = await StartAsync(configure: builder => builder.Services.AddSingleton(gate));

        var answer = host.GetAsync("/api/Pass");
        await gate.Entered.Task.WaitAsync(Cancellation);
        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        gate.Opened.SetResult();
        await stop;

        Assert.Equal("passed", await BodyOf(await answer));
    }
}
