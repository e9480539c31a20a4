using System.Net;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web.Tests.Http;

public sealed class APIConnectorTests
{
    private static readonly Uri s_base = new("https://api.example/v1/");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relative_endpoint_goes_to_the_base_address_with_the_token_and_encoded_parameters()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("{}"));

        await ConnectorOf(handler).SendRawRequest(
            SpotifyUrls.PlaylistItems("abc"),
            HttpMethod.Get,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = "50", ["additional_types"] = "track,episode", ["q"] = "a b&c" },
            cancel: Cancel);

        var sent = Assert.Single(handler.Requests);
        Assert.Equal("https://api.example/v1/playlists/abc/items?limit=50&additional_types=track%2cepisode&q=a+b%26c", sent.Address);
        Assert.Equal("Bearer t0ken", sent.Authorization);
    }

    [Fact]
    public async Task Parameters_are_added_to_the_query_that_the_endpoint_has()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("{}"));

        await ConnectorOf(handler).SendRawRequest(
            new Uri("search?type=track", UriKind.Relative),
            HttpMethod.Get,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = "1" },
            cancel: Cancel);

        Assert.Equal("https://api.example/v1/search?type=track&limit=1", handler.Requests[0].Address);
    }

    [Theory]
    [InlineData("https://api.spotify.com/v1/me", true)]
    [InlineData("https://accounts.spotify.com/api/token", false)]
    [InlineData("https://elsewhere.example/v1/me", false)]
    public async Task An_absolute_endpoint_gets_the_token_only_at_the_api_itself(string address, bool authenticated)
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("{}"));

        await ConnectorOf(handler).SendRawRequest(new Uri(address), HttpMethod.Get, cancel: Cancel);

        Assert.Equal(authenticated ? "Bearer t0ken" : null, handler.Requests[0].Authorization);
    }

    [Fact]
    public async Task A_relative_endpoint_without_an_authenticator_is_refused()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("{}"));
        var connector = new APIConnector(
            s_base, null, SpotifyClientConfig.CreateDefault().JSONSerializer, new NetHttpClient(new HttpClient(handler)), null, null);

        await Assert.ThrowsAsync<InvalidOperationException>(() => connector.SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_raw_answer_has_the_body_as_text_its_media_type_and_headers()
    {
        var handler = new ScriptedHandler(() =>
        {
            var answer = ScriptedHandler.Json("""{"a" : "é\u00e9"}""");
            answer.Headers.TryAddWithoutValidation("retry-after", "7");
            return answer;
        });

        var response = await ConnectorOf(handler).SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);

        Assert.Equal("""{"a" : "é\u00e9"}""", response.Body);
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("7", response.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(399, null)]
    [InlineData(400, typeof(APIException))]
    [InlineData(401, typeof(APIUnauthorizedException))]
    [InlineData(403, typeof(APIException))]
    [InlineData(404, typeof(APIException))]
    [InlineData(429, typeof(APITooManyRequestsException))]
    [InlineData(503, typeof(APIException))]
    public async Task The_status_decides_what_is_thrown(int status, Type? expected)
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("""{"error":{"status":0,"message":"because"}}""", (HttpStatusCode)status));

        var thrown = await Record.ExceptionAsync(() => ConnectorOf(handler).SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel));

        Assert.Equal(expected, thrown?.GetType());
        if (thrown is APIException error)
        {
            Assert.Equal("because", error.Message);
            Assert.Equal(status, (int)error.Response!.StatusCode);
        }
    }

    [Fact]
    public async Task The_retry_handler_sees_the_answer_before_its_status_is_judged_and_may_repeat()
    {
        var handler = new ScriptedHandler(
            () => ScriptedHandler.Text("busy", HttpStatusCode.ServiceUnavailable),
            () => ScriptedHandler.Json("""{"ok":true}"""));
        var tokens = new CountingAuthenticator();
        var connector = ConnectorOf(handler, tokens, new RepeatOnce());

        var response = await connector.SendRawRequest(SpotifyUrls.Playlist("abc"), HttpMethod.Get, cancel: Cancel);

        Assert.Equal("""{"ok":true}""", response.Body);
        Assert.Equal("Bearer 1, Bearer 2", string.Join(", ", handler.Requests.Select(sent => sent.Authorization)));
    }

    [Fact]
    public async Task An_answer_is_read_by_its_snake_case_names()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("""{"access_token":"x","expires_in":3600}"""));

        var token = await ConnectorOf(handler).Get<ClientCredentialsTokenResponse>(new Uri("token", UriKind.Relative), Cancel);

        Assert.Equal("x", token.AccessToken);
        Assert.Equal(3600, token.ExpiresIn);
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_read_as_nothing()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Text("""{"access_token":"x"}""", HttpStatusCode.OK));

        var token = await ConnectorOf(handler).Get<ClientCredentialsTokenResponse>(new Uri("token", UriKind.Relative), Cancel);

        Assert.Null(token);
    }

    [Fact]
    public async Task A_body_is_sent_as_snake_case_json_without_nulls()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json("{}"));

        await ConnectorOf(handler).Post<object>(
            new Uri("x", UriKind.Relative), null, new { PlaylistName = "n", Description = (string?)null }, Cancel);

        Assert.Equal("""{"playlist_name":"n"}""", handler.Requests[0].Body);
        Assert.Equal("application/json", handler.Requests[0].ContentType);
    }

    [Fact]
    public void The_request_timeout_is_that_of_the_http_client()
    {
        using var client = new HttpClient(new ScriptedHandler());
        var connector = new APIConnector(
            s_base, new TokenAuthenticator("t0ken", "Bearer"), SpotifyClientConfig.CreateDefault().JSONSerializer, new NetHttpClient(client), null, null);

        connector.SetRequestTimeout(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), client.Timeout);
    }

    private static APIConnector ConnectorOf(ScriptedHandler handler, IAuthenticator? authenticator = null, IRetryHandler? retries = null) =>
        new(
            s_base,
            authenticator ?? new TokenAuthenticator("t0ken", "Bearer"),
            SpotifyClientConfig.CreateDefault().JSONSerializer,
            new NetHttpClient(new HttpClient(handler)),
            retries,
            null);

    private sealed class CountingAuthenticator : IAuthenticator
    {
        private int _count;

        public Task Apply(IRequest request, IAPIConnector apiConnector)
        {
            request.Headers["Authorization"] = $"Bearer {++_count}";
            return Task.CompletedTask;
        }
    }

    private sealed class RepeatOnce : IRetryHandler
    {
        public Task<IResponse> HandleRetry(IRequest request, IResponse response, IRetryHandler.RetryFunc retry, CancellationToken cancel = default) =>
            retry(request, cancel);
    }
}
