using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistExtractorErrorTests
{
    [Theory]
    [InlineData(401, "did not accept the app's token", "Spotify__ClientId")]
    [InlineData(403, "refuses this app the contents", "development mode")]
    [InlineData(404, "has no playlist", "one of Spotify's own")]
    [InlineData(400, "refused the request", "Spotify__Market")]
    public async Task A_refused_playlist_fails_for_good_and_says_why_and_what_to_do(int status, string what, string cause)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.Path == "/token" ? null : Answer.Error(status, "said by the server");

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Contains($"({status}: said by the server)", error.Message, StringComparison.Ordinal);
        Assert.Contains(SpotifyServer.PlaylistId, error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Begun);
    }

    [Theory]
    [InlineData(false, 403, 403, "(403: word 1)")]
    [InlineData(false, 403, 404, "(403: word 1)")]
    [InlineData(true, 404, 404, "(404: word 1)")]
    [InlineData(true, 404, 403, "(403: word 2)")]
    public async Task Rows_refused_at_both_endpoints_fail_with_what_says_more(bool classic, int first, int second, string said)
    {
        await using var extraction = await Extraction.StartAsync(classic);
        var pages = 0;
        extraction.Server.Script = asked => asked.IsPage ? Answer.Error(pages++ == 0 ? first : second, $"word {pages}") : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, pages);
    }

    [Fact]
    public async Task A_refusal_after_the_first_page_does_not_change_the_endpoint()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.Number("offset") == 50 ? Answer.Error(403, "no") : null;

        await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.All(extraction.Server.Requests.Where(asked => asked.IsPage), asked => Assert.EndsWith("/items", asked.Path, StringComparison.Ordinal));
        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task A_failure_after_the_first_page_gives_up_what_is_written()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.Number("offset") == 50 ? new Answer(502, "<html>Bad gateway</html>", "text/html") : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains("(502)", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Keys);
        Assert.Single(extraction.Lake.GivenUp);
    }

    [Theory]
    [InlineData("""{"items":[{"a":1},{"a":2""", "is broken")]
    [InlineData("", "is broken")]
    [InlineData("""{"items":[],"total":0} trailing""", "is broken")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{"items":[]}""", "lacks its items or its total")]
    [InlineData("""{"total":3}""", "lacks its items or its total")]
    [InlineData("""{"items":null,"total":3}""", "items are no array")]
    [InlineData("""{"items":[],"total":"three"}""", "lacks its items or its total")]
    public async Task A_page_that_cannot_be_read_is_a_failure_that_may_pass(string body, string message)
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.Number("offset") == 50 ? new Answer(200, body) : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{"name":""")]
    public async Task A_playlist_object_that_cannot_be_read_is_a_failure_that_may_pass(string body)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage || asked.Path == "/token" ? null : new Answer(200, body);

        await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Empty(extraction.Lake.Begun);
    }

    [Theory]
    [InlineData("""{"items":[],"total":60,"offset":50}""")]
    [InlineData("""{"items":[1],"total":61,"offset":50}""")]
    [InlineData("""{"items":[1],"total":51,"offset":50}""")]
    [InlineData("""{"items":[1,2,3,4,5,6,7,8,9,10,11],"total":60,"offset":50}""")]
    [InlineData("""{"items":[1,2,3,4,5,6,7,8,9,10],"total":60,"offset":40}""")]
    public async Task Rows_that_do_not_add_up_leave_nothing_and_are_worth_another_try(string lastPage)
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.Number("offset") == 50 ? new Answer(200, lastPage) : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains("was not read whole in 4 passes", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Keys);
        Assert.Equal(4, extraction.Lake.GivenUp.Count);
    }

    [Theory]
    [InlineData("""{"items":[],"total":3}""")]
    [InlineData("""{"items":[1,2,3],"total":3,"offset":50}""")]
    public async Task A_first_page_that_is_not_the_beginning_is_worth_another_try(string firstPage)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, firstPage) : null;

        await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_a_failure_that_may_pass()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("ApiBaseUrl", "http://127.0.0.1:9/v1"));

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains("Spotify cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("Spotify__ApiBaseUrl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accounts_service_where_nobody_listens_is_a_failure_that_may_pass()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("TokenUrl", "http://127.0.0.1:9/token"));

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains("accounts service cannot be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_are_refused_fail_for_good_and_name_the_settings()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("ClientSecret", "wrongSecret"));

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("400: invalid_client Invalid client secret", error.Message, StringComparison.Ordinal);
        Assert.Contains("Spotify__ClientSecret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_missing_settings_are_named_and_nothing_is_asked()
    {
        await using var extraction = await Extraction.StartAsync(settings: [("ClientId", null), ("ClientSecret", null)]);

        var error = await Assert.ThrowsAsync<EtlConfigurationException>(() => extraction.RunAsync());

        Assert.Contains("Spotify__ClientId", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Server.Requests);
    }

    [Fact]
    public async Task A_plain_text_refusal_is_told_word_for_word()
    {
        await using var extraction = await Extraction.StartAsync();
        Answer refusal = new(403, "Active premium subscription required for the owner of the app.\n", "text/plain");
        extraction.Server.Script = asked => asked.IsPage ? refusal : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("(403: Active premium subscription required for the owner of the app.)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_is_none_asks_nobody()
    {
        await using var extraction = await Extraction.StartAsync();

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync("my favourites"));

        Assert.Contains("'my favourites' is no playlist id", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Server.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Secrets_and_tokens_reach_no_log_no_message_and_no_file(int status)
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => status != 200 && asked.Number("offset") == 50 ? Answer.Error(status, "no") : null;

        var error = await Record.ExceptionAsync(() => extraction.RunAsync());

        var seen = string.Join('\n', [.. extraction.Log.Lines, error?.ToString() ?? "", .. extraction.Lake.Keys.Select(extraction.Lake.Text)]);
        Assert.Contains(SpotifyServer.PlaylistId, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(SpotifyServer.ClientSecret, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(SpotifyServer.AccessToken, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Basic ", seen, StringComparison.Ordinal);
    }
}
