using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>
/// Every status and body that Spotify is known to answer: what becomes of the playlist, how many requests it takes, how long is waited inside
/// the call, and what is said.
/// </summary>
public sealed class AnswerMatrixTests
{
    private const int Never = 0;
    private const int Always = int.MaxValue;

    [Theory]
    [InlineData("401", 2, 0)]
    [InlineData("408", 2, 1)]
    [InlineData("429 in 4 s", 2, 4)]
    [InlineData("429 in 30 s", 2, 30)]
    [InlineData("429 without a time", 2, 30)]
    [InlineData("429 in 0 s", 2, 0)]
    [InlineData("429 at a date soon", 2, 20)]
    [InlineData("429 at a date gone by", 2, 30)]
    [InlineData("429 with nonsense", 2, 30)]
    [InlineData("429 in plain text", 2, 30)]
    [InlineData("500", 2, 1)]
    [InlineData("502 html", 2, 1)]
    [InlineData("503 plain", 2, 1)]
    [InlineData("504 empty", 2, 1)]
    [InlineData("truncated", 2, 1)]
    [InlineData("empty", 2, 1)]
    [InlineData("html", 2, 1)]
    [InlineData("cut off", 2, 1)]
    [InlineData("no answer", 2, 1)]
    [InlineData("403", 2, 0)]
    [InlineData("404", 2, 0)]
    public async Task An_answer_that_comes_once_is_got_over_inside_the_call(string answer, int requests, int waited)
    {
        await using var matrix = await StartAsync(answer, times: 1);

        var outcome = await matrix.RunAsync();

        Assert.Equal(3, outcome.Playlist?.Items);
        Assert.Equal((requests, waited), Spent(matrix));
    }

    [Theory]
    [InlineData("408", 7, 47, "is out of order")]
    [InlineData("500", 7, 47, "(500: Server error)")]
    [InlineData("502 html", 7, 47, "(502)")]
    [InlineData("503 plain", 7, 47, "(503: upstream connect error)")]
    [InlineData("504 empty", 7, 47, "(504)")]
    [InlineData("truncated", 7, 47, "is broken")]
    [InlineData("empty", 7, 47, "is broken")]
    [InlineData("cut off", 7, 47, "cannot be reached")]
    [InlineData("no answer", 7, 47, "cannot be reached")]
    public async Task An_answer_that_stays_and_may_pass_is_a_transient_failure_after_a_bounded_back_off(string answer, int requests, int waited, string message)
    {
        await using var matrix = await StartAsync(answer, Always);

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => matrix.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(SpotifyServer.PlaylistId, error.Message, StringComparison.Ordinal);
        Assert.Equal((requests, waited), Spent(matrix));
        Assert.Empty(matrix.Lake.Keys);
    }

    [Theory]
    [InlineData("400", 1, "Spotify__Market")]
    [InlineData("401", 2, "nor a new one (401: The access token expired). Compare Spotify__ClientId")]
    [InlineData("403", 2, "signs in as itself, and an app in development mode reads only playlists of a signed-in user: "
        + "authorize with 'spotify-etl authorize'")]
    [InlineData("403 premium", 2, "The app's owner has no Premium subscription")]
    [InlineData("403 not listed", 2, "add the user under User Management")]
    [InlineData("403 scope", 2, "authorize again with 'spotify-etl authorize'")]
    [InlineData("404", 2, "its rows are at neither address")]
    public async Task An_answer_that_stays_for_good_is_a_permanent_failure_with_its_causes(string answer, int requests, string message)
    {
        await using var matrix = await StartAsync(answer, Always);

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => matrix.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(SpotifyServer.PlaylistId, error.Message, StringComparison.Ordinal);
        Assert.Equal((requests, 0), Spent(matrix));
        Assert.Empty(matrix.Lake.Keys);
    }

    [Theory]
    [InlineData("429 in 4 s", 6, 20, 4)]
    [InlineData("429 in 30 s", 6, 150, 30)]
    [InlineData("429 without a time", 6, 150, 30)]
    [InlineData("429 in 0 s", 6, 0, 30)]
    [InlineData("quota for 0 s", 6, 0, 3_600)]
    [InlineData("429 in infinity", 6, 150, 30)]
    [InlineData("429 in 31 s", 1, 0, 31)]
    [InlineData("429 in 48925 s", 1, 0, 48_925)]
    [InlineData("429 at a date late", 1, 0, 7_200)]
    [InlineData("quota for 48925 s", 1, 0, 48_925)]
    [InlineData("quota for 5 s", 1, 0, 5)]
    [InlineData("quota without a time", 1, 0, 3_600)]
    public async Task A_rate_limit_that_is_long_or_stays_is_handed_on_with_its_time(string answer, int requests, int waited, int deferred)
    {
        await using var matrix = await StartAsync(answer, Always);

        var outcome = await matrix.RunAsync();

        Assert.Null(outcome.Playlist);
        Assert.Equal(matrix.Clock.GetUtcNow().AddSeconds(deferred), outcome.DeferredUntil);
        Assert.Equal((requests, waited), Spent(matrix));
        Assert.Contains(matrix.Log.Lines, line => line.StartsWith("Warning 101", StringComparison.Ordinal));
        Assert.Empty(matrix.Lake.Keys);
    }

    [Fact]
    public async Task What_a_call_may_spend_holds_over_all_the_ways_in_which_it_fails()
    {
        await using var matrix = await StartAsync("good", Never);
        var asked = 0;
        matrix.Server.Script = request => request.IsPage ? KnownAnswers.All[asked++ == 0 ? "401" : asked % 2 == 0 ? "500" : "429 in 4 s"] : null;

        var outcome = await matrix.RunAsync();

        Assert.Equal(matrix.Clock.GetUtcNow().AddSeconds(4), outcome.DeferredUntil);
        Assert.Equal((13, 67), Spent(matrix));
    }

    [Fact]
    public async Task A_token_is_renewed_once_for_a_call_whatever_else_goes_wrong_between()
    {
        await using var matrix = await StartAsync("good", Never);
        var asked = 0;
        matrix.Server.Script = request => request.IsPage ? KnownAnswers.All[asked++ == 1 ? "500" : "401"] : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => matrix.RunAsync());

        Assert.Contains("nor a new one", error.Message, StringComparison.Ordinal);
        Assert.Equal((3, 1), Spent(matrix));
    }

    [Theory]
    [InlineData(500, "try later", "text/plain", "gave no token (500: try later)")]
    [InlineData(200, "{", "application/json", "not with a token")]
    [InlineData(200, "{}", "application/json", "not with a token")]
    public async Task An_accounts_service_out_of_order_is_asked_again_and_then_a_transient_failure(
        int status, string body, string contentType, string message)
    {
        await using var matrix = await StartAsync("good", Never);
        var asked = 0;
        matrix.Server.Script = request => request.Path == "/token" && ++asked > 0 ? new Answer(status, body, contentType) : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => matrix.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((7, 47), (asked, Waited(matrix)));
        Assert.Empty(matrix.Server.Requests);
    }

    [Theory]
    [InlineData("invalid_grant", "no longer takes the refresh token (400: invalid_grant said so)", "spotify-etl authorize")]
    [InlineData("invalid_client", "refused the app's credentials (400: invalid_client said so)", "Spotify__ClientSecret")]
    public async Task An_accounts_service_that_refuses_is_a_permanent_failure_at_once(string code, string message, string what)
    {
        await using var matrix = await StartAsync("good", Never);
        var asked = 0;
        Answer refusal = new(400, $$"""{"error":"{{code}}","error_description":"said so"}""");
        matrix.Server.Script = request => request.Path == "/token" && ++asked > 0 ? refusal : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => matrix.RunAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (asked, Waited(matrix)));
    }

    [Theory]
    [InlineData("9", 6, 45, 9)]
    [InlineData("900", 1, 0, 900)]
    public async Task An_accounts_service_that_limits_is_waited_for_as_the_api_is(string retryAfter, int requests, int waited, int deferred)
    {
        await using var matrix = await StartAsync("good", Never);
        var asked = 0;
        matrix.Server.Script = request => request.Path == "/token" && ++asked > 0 ? Answer.Limit(retryAfter) : null;

        var outcome = await matrix.RunAsync();

        Assert.Equal(matrix.Clock.GetUtcNow().AddSeconds(deferred), outcome.DeferredUntil);
        Assert.Equal((requests, waited), (asked, Waited(matrix)));
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up_in_time_and_asked_for_again()
    {
        await using var matrix = await StartAsync("good", Never);
        matrix.Bounds = matrix.Bounds with { SilenceTime = TimeSpan.FromSeconds(1) };
        var asked = 0;
        matrix.Server.Script = request => request.IsPage && asked++ == 0 ? new Answer(200, "{") { Fate = AnswerFate.NeverEnds } : null;

        var outcome = await matrix.RunAsync();

        Assert.Equal(3, outcome.Playlist?.Items);
        Assert.Equal((2, 1), Spent(matrix));
    }

    private static async Task<Extraction> StartAsync(string answer, int times)
    {
        var matrix = await Extraction.StartAsync();
        var left = times;
        matrix.Server.Script = asked => asked.IsPage && left-- > 0 ? KnownAnswers.All[answer]
            : asked.IsPage && asked.Path.EndsWith("/tracks", StringComparison.Ordinal) ? KnownAnswers.All["good"]
            : null;
        return matrix;
    }

    private static (int Pages, int Waited) Spent(Extraction matrix) => (matrix.Server.Requests.Count(asked => asked.IsPage), Waited(matrix));

    private static int Waited(Extraction matrix) => (int)(matrix.Clock.GetUtcNow() - Extraction.RunStart.AddSeconds(30)).TotalSeconds;
}
