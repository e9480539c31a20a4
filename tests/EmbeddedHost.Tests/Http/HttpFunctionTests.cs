using System.Net;
using SampleApp;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class HttpFunctionTests(SharedWebHost shared) : IClassFixture<SharedWebHost>
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private readonly WebHost _host = shared.Host;

    [Fact]
    public async Task A_function_answers_under_its_name_with_its_services_and_any_method()
    {
        Assert.Equal("Hello GET", await _host.TextAsync("/api/Plain"));
        Assert.Equal("Hello POST", await BodyOf(await _host.PostAsync("/api/plain")));
        Assert.Equal("text/plain; charset=utf-8", (await _host.GetAsync("/api/Plain")).Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Routes_have_constraints_and_optional_segments_that_become_arguments()
    {
        Assert.Equal($$"""{"id":"{{Id}}","part":null,"count":0}""", await _host.TextAsync($"/api/items/{Id}"));
        Assert.Equal($$"""{"id":"{{Id}}","part":7,"count":1}""", await _host.TextAsync($"/api/items/{Id}/7?a=b"));
        Assert.Equal("a b  /api/named/a%20b", await _host.TextAsync("/api/named/a%20b"));
        Assert.Equal("x Red /api/named/x/Red", await _host.TextAsync("/api/named/x/Red"));
    }

    [Theory]
    [InlineData("GET", "/api/items/7")]
    [InlineData("GET", $"/api/items/{Id}/seven")]
    [InlineData("DELETE", $"/api/items/{Id}")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/Plain")]
    [InlineData("GET", "/")]
    public async Task What_no_route_or_method_fits_is_404(string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await BodyOf(response));
    }

    [Fact]
    public async Task Functions_may_share_a_route_with_different_methods()
    {
        using var put = await _host.Http.PutAsync($"/api/items/{Id}", null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, put.StatusCode);
        Assert.Equal("/elsewhere", put.Headers.Location!.ToString());
        Assert.Equal($$"""{"id":"{{Id}}","method":"PUT"}""", await BodyOf(put));
    }

    [Theory]
    [InlineData("""{"name":"a","count":5,"color":1}""", """{"name":"a","count":5,"color":1,"at":null}""")]
    [InlineData("""{"Name":"a","Count":"5"}""", """{"name":"a","count":5,"color":0,"at":null}""")]
    [InlineData("""{}""", """{"name":null,"count":0,"color":0,"at":null}""")]
    public async Task A_body_is_read_and_a_result_written_as_MVC_does(string body, string answer)
    {
        using var response = await _host.PostAsync("/api/Body", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(answer, await BodyOf(response));
    }

    [Theory]
    [InlineData("""{"name":""", "application/json")]
    [InlineData("""{"count":"x"}""", "application/json")]
    [InlineData("""{"color":"Green"}""", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task A_body_that_does_not_fit_is_500_without_a_body_as_on_Azure(string body, string contentType)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, contentType);
        using var response = await _host.Http.PostAsync("/api/Body", content, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await BodyOf(response));
        Assert.Null(response.Content.Headers.ContentType);
    }

    [Fact]
    public async Task A_function_may_return_an_IResult_or_problem_details()
    {
        using var result = await _host.GetAsync("/api/Result");
        using var problem = await _host.GetAsync("/api/Problem");

        Assert.Equal(418, (int)result.StatusCode);
        Assert.Equal("""{"path":"/api/Result"}""", await BodyOf(result));
        Assert.Equal("application/problem+json; charset=utf-8", problem.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"title":"T","status":400,"detail":"GET"}""", await BodyOf(problem));
    }

    [Theory]
    [InlineData("/api/Throws", "Throws")]
    [InlineData("/api/Fails", "Fails")]
    public async Task An_exception_is_500_with_an_empty_body_and_is_logged(string path, string function)
    {
        using var response = await _host.GetAsync(path);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await BodyOf(response));
        Assert.Contains(_host.Log.Lines, line =>
            line.StartsWith($"Error HTTP function {function} failed: ", StringComparison.Ordinal)
                && line.Contains("secret reason GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_headers_cookies_and_the_callers_address_reach_the_function_and_its_headers_and_cookies_the_caller()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/Sent?a=1%202&a=%26&b");
        request.Headers.Add("X-Sent", ["one", "two"]);
        request.Headers.Add("Cookie", "crumb=old");
        request.Headers.Host = "localhost:1234";
        using var response = await _host.Http.SendAsync(request, Cancellation);
        var sent = await JsonOf(response);

        Assert.Equal("?a=1%202&a=%26&b", sent.GetProperty("query").GetString());
        Assert.Equal(("one, two", "old"), (sent.GetProperty("header").GetString(), sent.GetProperty("cookie").GetString()));
        Assert.Equal(("localhost:1234", "http"), (sent.GetProperty("host").GetString(), sent.GetProperty("scheme").GetString()));
        Assert.Equal(["one", "two"], response.Headers.GetValues("X-Answer"));
        Assert.Equal("crumb=new; path=/", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData("GET", "/api/bare/204", 204)]
    [InlineData("GET", "/api/bare/304", 304)]
    [InlineData("GET", "/api/bare/404", 404)]
    [InlineData("HEAD", "/api/bare/200", 200)]
    [InlineData("HEAD", "/api/letters/10", 200)]
    [InlineData("GET", "/api/empty/204", 204)]
    [InlineData("HEAD", "/api/empty/200", 200)]
    public async Task An_answer_without_a_body_stays_one(string method, string path, int status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await BodyOf(response));
        Assert.Equal(path.Contains("bare", StringComparison.Ordinal), response.Headers.ETag is not null);
    }

    [Fact]
    public async Task A_large_answer_comes_whole() => Assert.Equal(5_000_000, (await _host.TextAsync("/api/letters/5000000")).Length);

    [Fact]
    public async Task A_function_that_streams_is_heard_while_it_still_speaks()
    {
        var errand = _host.Folder.Errand(shared.NewId());

        using var response = await _host.Http.GetAsync(
            $"/api/Streams?folder={errand.Folder}&name={errand.Name}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[5];
        await stream.ReadExactlyAsync(first, Cancellation);
        errand.LetGo();
        using StreamReader rest = new(stream);

        Assert.Equal("first"u8, first);
        Assert.Equal(" second", await rest.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_does_not_look_like_a_whole_one()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.TextAsync("/api/BreaksOff"));
        await Until.TrueAsync(() => _host.Log.Lines.Any(line => line.StartsWith("Error HTTP function BreaksOff failed: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_function_whose_caller_has_gone_is_told_to_stop()
    {
        var errand = _host.Folder.Errand(shared.NewId());
        using CancellationTokenSource leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var answer = _host.Http.GetAsync(PathOf("Waits", errand), leaves.Token);
        await Until.TrueAsync(() => errand.Runs == 1);
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Until.TrueAsync(() => errand.IsTold);
    }

    [Fact]
    public async Task Functions_that_block_do_not_keep_others_from_answering()
    {
        var errand = _host.Folder.Errand(shared.NewId());

        var blocked = Enumerable.Range(0, 4).Select(_ => _host.TextAsync(PathOf("Blocks", errand))).ToList();
        await Until.TrueAsync(() => errand.Runs == 4);
        var other = await _host.TextAsync("/api/Plain");
        errand.LetGo();

        Assert.Equal("Hello GET", other);
        Assert.All(await Task.WhenAll(blocked), text => Assert.Equal("unblocked", text));
    }

    [Fact]
    public async Task The_workers_own_types_of_request_and_answer_work_beside_ASP_NETs()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/worker/ada?q=1%202") { Content = Json("""{"Name":"a","Count":1}""") };
        request.Headers.Add("Cookie", "crumb=c");
        using var response = await _host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"Name":"a","Count":2,"Color":0,"At":null}""", await BodyOf(response));
        Assert.Equal("ada 1 2 Worker ada", response.Headers.GetValues("X-Name").Single());
        Assert.Equal("crumb=c; samesite=strict; httponly", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task No_answer_says_what_serves_it()
    {
        using var response = await _host.GetAsync("/api/Plain");

        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task A_hundred_requests_at_once_are_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _host.TextAsync($"/api/named/{number}")));

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}  /api/named/{number}"), answers);
    }

    internal static string PathOf(string function, Errand errand) => $"/api/{function}?folder={errand.Folder}&name={errand.Name}";
}
