using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SpotifyAccessTests
{
    private const string SecondToken = "second-access-token";

    [Fact]
    public async Task A_refresh_token_signs_in_the_user_and_is_kept_when_the_answer_omits_it()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));

        await extraction.RunAsync();
        extraction.Clock.Advance(TimeSpan.FromHours(1));
        await extraction.RunAsync();

        Assert.Equal(
            Enumerable.Repeat($"grant_type=refresh_token&refresh_token={SpotifyServer.RefreshToken}", 2), extraction.Server.TokenForms);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_with_a_renewal_is_used_from_then_on()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        extraction.Server.GivesRefreshToken = "rotated";

        await extraction.RunAsync();
        extraction.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Equal("grant_type=refresh_token&refresh_token=rotated", extraction.Server.TokenForms.Last());
        var warning = Assert.Single(extraction.Log.Lines, line => line.StartsWith("Warning 109", StringComparison.Ordinal));
        Assert.Contains("run 'spotify-etl authorize' and set Spotify__RefreshToken", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("rotated", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_that_is_refused_fails_for_good_and_says_how_to_authorize_again()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", "expired-refresh-token"));

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("(400: invalid_grant Refresh token revoked)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Authorize again with 'spotify-etl authorize'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-refresh-token", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3538, 1)]
    [InlineData(3541, 2)]
    public async Task A_token_is_renewed_a_minute_before_it_expires(int seconds, int tokens)
    {
        await using var extraction = await Extraction.StartAsync();

        await extraction.RunAsync();
        extraction.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await extraction.RunAsync();

        Assert.Equal(tokens, extraction.Server.TokensGiven);
    }

    [Fact]
    public async Task A_token_refused_in_the_middle_is_renewed_once_for_all_and_no_page_is_lost()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(300));
        string[] ids = [.. Enumerable.Range(0, 4).Select(n => $"4hRz0PqVt2mXk9wYc7LbN{n}")];
        foreach (var id in ids)
        {
            extraction.Server.Others[id] = Extraction.RowsOf(300);
        }

        var pages = 0;
        extraction.Server.Script = asked =>
        {
            if (asked.IsPage && Interlocked.Increment(ref pages) == 9)
            {
                extraction.Server.ValidToken = SecondToken;
            }

            return null;
        };

        var outcomes = await Task.WhenAll(ids.Select(id => extraction.RunAsync(id)));

        Assert.All(outcomes, outcome => Assert.Equal(300, outcome.Playlist?.Items));
        Assert.Equal(2, extraction.Server.TokensGiven);
    }

    [Fact]
    public async Task Extractions_that_begin_together_ask_for_one_token()
    {
        await using var extraction = await Extraction.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => extraction.RunAsync()));

        Assert.Equal(1, extraction.Server.TokensGiven);
    }

    [Theory]
    [InlineData("2026-05-23", true)]
    [InlineData("2026-06-22", true)]
    [InlineData("2026-06-20", true)]
    [InlineData("2026-06-24", false)]
    public async Task A_month_before_the_authorization_ends_there_is_a_warning(string authorizedAt, bool warned)
    {
        await using var extraction = await Extraction.StartAsync(settings: [("RefreshToken", SpotifyServer.RefreshToken), ("AuthorizedAt", authorizedAt)]);

        await extraction.RunAsync();

        Assert.Equal(warned, extraction.Log.Lines.Any(line => line.StartsWith("Warning 107", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(403, "It belongs to ann. An app in development mode reads only playlists that the signed-in user owns")]
    [InlineData(404, "rows are at neither address")]
    public async Task Causes_fit_an_app_that_signs_in_a_user(int status, string message)
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        extraction.Server.Script = asked => asked.IsPage ? Answer.Error(status, "no") : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("37i9dQZEVXbMDoHDwVN2tF", "one of Spotify's own lists")]
    [InlineData("4hRz0PqVt2mXk9wYc7LbNz", "or it is private: make it public, or authorize as its owner")]
    public async Task Causes_fit_the_playlist_that_is_not_there(string id, string message)
    {
        await using var extraction = await Extraction.StartAsync();

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync(id));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_that_spotify_repeats_are_hidden()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        var said = $"bad Bearer {SpotifyServer.AccessToken} of {SpotifyServer.ClientSecret} and {SpotifyServer.RefreshToken}, Basic YXBwMTpvdGhlcg==";
        extraction.Server.Script = asked => asked.IsPage ? Answer.Error(400, said) : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("(400: bad Bearer (hidden) of (hidden) and (hidden), Basic (hidden))", error.Message, StringComparison.Ordinal);
    }
}
