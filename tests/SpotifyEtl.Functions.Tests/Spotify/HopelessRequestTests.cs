using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>What repeating does not mend: three tries within seconds, then the cause, and a failure that the workflow does not repeat either.</summary>
public sealed class HopelessRequestTests
{
    private const string SignInPage = "This network answers with a sign-in page: ";

    [Theory]
    [InlineData("<html>Sign in</html>", "text/html", SignInPage)]
    [InlineData("\r\n <!DOCTYPE html><html>Sign in</html>", "application/json", SignInPage)]
    [InlineData("", "text/html; charset=utf-8", SignInPage)]
    [InlineData("Please sign in", "text/html", SignInPage)]
    [InlineData("upstream connect error", "text/plain", "is no JSON ('upstream connect error')")]
    [InlineData("null", "application/json", "is no JSON ('null')")]
    [InlineData("bad Bearer " + SpotifyServer.AccessToken + "\n!", "text/plain", "is no JSON ('bad Bearer (hidden) !')")]
    public async Task A_page_for_people_in_place_of_json_is_told_after_three_tries(string body, string contentType, string message)
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.Number("offset") == 50 ? new Answer(200, body, contentType) : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"Playlist {SpotifyServer.PlaylistId}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Spotify__ApiBaseUrl", error.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), (extraction.Server.Requests.Count(asked => asked.Number("offset") == 50), Waited(extraction)));
        Assert.Empty(extraction.Lake.Keys);
    }

    [Theory]
    [InlineData(200, "<html>Sign in</html>", "text/html", SignInPage)]
    [InlineData(200, "<html>Sign in</html>", "application/json", SignInPage)]
    [InlineData(511, "", "text/plain", SignInPage)]
    [InlineData(407, "", "text/plain", "The proxy of this network asks for a sign-in")]
    public async Task A_page_for_people_in_place_of_a_token_is_told_after_three_tries(int status, string body, string contentType, string message)
    {
        await using var extraction = await Extraction.StartAsync();
        var asked = 0;
        extraction.Server.Script = request => request.Path == "/token" && ++asked > 0 ? new Answer(status, body, contentType) : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), (asked, Waited(extraction)));
        Assert.Empty(extraction.Server.Requests);
    }

    [Fact]
    public async Task A_sign_in_page_that_is_gone_at_the_next_try_is_got_over()
    {
        await using var extraction = await Extraction.StartAsync();
        var asked = 0;
        extraction.Server.Script = request => request.IsPage && asked++ < 2 ? new Answer(200, "<html>Sign in</html>", "text/html") : null;

        var outcome = await extraction.RunAsync();

        Assert.Equal(3, outcome.Playlist?.Items);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("2.5")]
    public async Task A_total_that_no_list_has_is_told_after_three_tries(string total)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, $$$"""{"items":[{"item":{}}],"total":{{{total}}},"offset":0}""") : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(
            $"Playlist {SpotifyServer.PlaylistId}: Spotify says that the list has {total} rows, and none has fewer than 0 or more than 1,000,000",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal((3, 3), (extraction.Server.Requests.Count(asked => asked.IsPage), Waited(extraction)));
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("3e0")]
    public async Task A_total_that_is_whole_is_one_however_it_is_spelt(string total)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, $$$"""{"items":[{"item":{}},{"item":{}},{"item":{}}],"total":{{{total}}},"offset":0}""")
            : null;

        Assert.Equal(3, (await extraction.RunAsync()).Playlist?.Items);
    }

    [Theory]
    [InlineData("ApiBaseUrl", "http://no-such-host.invalid/v1")]
    [InlineData("TokenUrl", "http://no-such-host.invalid/token")]
    public async Task A_name_that_does_not_resolve_is_told_after_three_tries(string setting, string address)
    {
        await using var extraction = await Extraction.StartAsync(settings: (setting, address));

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("The name in http://no-such-host.invalid does not resolve", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Spotify__{setting}", error.Message, StringComparison.Ordinal);
        Assert.Equal((2, 3), (extraction.Log.Lines.Count(line => line.StartsWith("Warning 104", StringComparison.Ordinal)), Waited(extraction)));
    }

    [Fact]
    public async Task A_server_without_a_certificate_that_is_trusted_is_told_after_three_tries()
    {
        await using var untrusted = await UntrustedServer.StartAsync();
        await using var extraction = await Extraction.StartAsync(settings: ("ApiBaseUrl", untrusted.Address));

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains($"{untrusted.Address[..^3]} shows no certificate that this machine trusts", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 3), (untrusted.Requests, Waited(extraction)));
    }

    [Fact]
    public async Task A_rate_limit_of_no_time_is_no_wait_even_by_chance()
    {
        await using var extraction = await Extraction.StartAsync();
        var limited = 0;
        extraction.Server.Script = asked => asked.IsPage && limited++ < 5 ? Answer.Limit("0") : null;

        var outcome = await extraction.BeginAsync();

        Assert.Equal(3, outcome.Playlist?.Items);
        Assert.Equal(TimeSpan.Zero, SpotifyWaits.AfterLimit(TimeSpan.Zero, chance: 1));
    }

    private static int Waited(Extraction extraction) => (int)(extraction.Clock.GetUtcNow() - Extraction.RunStart.AddSeconds(30)).TotalSeconds;
}
