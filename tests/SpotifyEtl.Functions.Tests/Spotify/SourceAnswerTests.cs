using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>
/// Every status and body that Spotify is known to answer, at each endpoint of the user's: what becomes of the source, how many requests it takes, how
/// long is waited inside the call, and what is said.
/// </summary>
public sealed class SourceAnswerTests
{
    private const int Always = int.MaxValue;

    // Where the answer comes, the source that asks there, how often that asks when all is well, and its scope.
    private static readonly (string Path, string Source, int Usual, string Scope)[] s_endpoints =
    [
        ("/v1/me", "me/tracks", 1, "user-library-read"),
        ("/v1/me/tracks", "me/tracks", 2, "user-library-read"),
        ("/v1/me/top/tracks", "me/top/tracks:short_term", 2, "user-top-read"),
        ("/v1/me/playlists", "me/playlists", 2, "playlist-read-private"),
        ("/v1/me/player/recently-played", "me/player/recently-played", 1, "user-read-recently-played"),
    ];

    private static readonly (string Answer, int Waited)[] s_once =
    [
        ("401", 0), ("408", 1), ("429 in 4 s", 4), ("429 in 30 s", 30), ("429 without a time", 30), ("429 in 0 s", 0), ("429 at a date soon", 20),
        ("429 at a date gone by", 30), ("429 with nonsense", 30), ("429 in plain text", 30), ("500", 1), ("502 html", 1), ("503 plain", 1), ("504 empty", 1),
        ("truncated", 1), ("empty", 1), ("html", 1), ("cut off", 1), ("no answer", 1),
    ];

    private static readonly (string Answer, string Message)[] s_staying =
    [
        ("408", "is out of order"), ("500", "(500: Server error)"), ("502 html", "(502)"), ("503 plain", "(503: upstream connect error)"),
        ("504 empty", "(504)"), ("truncated", "is broken"), ("empty", "is broken"), ("cut off", "cannot be reached"), ("no answer", "cannot be reached"),
    ];

    private static readonly (string Answer, int Requests, string Message)[] s_lasting =
    [
        ("400", 1, "Spotify__Market"),
        ("401", 2, "nor a new one (401: The access token expired). Compare Spotify__ClientId"),
        ("403", 1, "the user is not on the app's list under User Management"),
        ("403 premium", 1, "The app's owner has no Premium subscription"),
        ("403 not listed", 1, "add the user under User Management"),
        ("403 scope", 1, "The authorization lacks the scope {scope}"),
        ("404", 1, "check Spotify__ApiBaseUrl"),
        ("html", 3, "answers with a sign-in page"),
    ];

    private static readonly (string Answer, int Requests, int Waited, int Deferred)[] s_long =
    [
        ("429 in 4 s", 6, 20, 4), ("429 in 30 s", 6, 150, 30), ("429 without a time", 6, 150, 30), ("429 in 0 s", 6, 0, 30), ("quota for 0 s", 6, 0, 3_600),
        ("429 in infinity", 6, 150, 30), ("429 in 31 s", 1, 0, 31), ("429 in 48925 s", 1, 0, 48_925), ("429 at a date late", 1, 0, 7_200),
        ("quota for 48925 s", 1, 0, 48_925), ("quota for 5 s", 1, 0, 5), ("quota without a time", 1, 0, 3_600),
    ];

    public static TheoryData<string, string> Once => Cross(s_once.Select(row => row.Answer));

    public static TheoryData<string, string> Staying => Cross(s_staying.Select(row => row.Answer));

    public static TheoryData<string, string> Lasting => Cross(s_lasting.Select(row => row.Answer));

    public static TheoryData<string, string> Limits => Cross(s_long.Select(row => row.Answer));

    [Theory]
    [MemberData(nameof(Once))]
    public async Task An_answer_that_comes_once_is_got_over_inside_the_call(string path, string answer)
    {
        await using var matrix = await StartAsync(path, answer, times: 1);
        var (_, source, usual, _) = s_endpoints.Single(endpoint => endpoint.Path == path);

        var outcome = await matrix.RunSourceAsync(source);

        Assert.Equal((PlaylistStatus.Loaded, 3), (outcome.Source?.Status, outcome.Source?.Items));
        Assert.Equal((usual + 1, s_once.Single(row => row.Answer == answer).Waited), Spent(matrix, path));
    }

    [Theory]
    [MemberData(nameof(Staying))]
    public async Task An_answer_that_stays_and_may_pass_is_a_transient_failure_after_a_bounded_back_off(string path, string answer)
    {
        await using var matrix = await StartAsync(path, answer, Always);
        var source = s_endpoints.Single(endpoint => endpoint.Path == path).Source;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => matrix.RunSourceAsync(source));

        Assert.Contains(s_staying.Single(row => row.Answer == answer).Message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"source {source}", error.Message, StringComparison.Ordinal);
        Assert.Equal((7, 47), Spent(matrix, path));
        Assert.Empty(matrix.Lake.Keys);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task An_answer_that_stays_for_good_is_a_permanent_failure_with_its_causes(string path, string answer)
    {
        await using var matrix = await StartAsync(path, answer, Always);
        var (_, source, _, scope) = s_endpoints.Single(endpoint => endpoint.Path == path);
        var (_, requests, message) = s_lasting.Single(row => row.Answer == answer);

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => matrix.RunSourceAsync(source));

        Assert.Contains(message.Replace("{scope}", scope, StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Contains($"source {source}", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(requests, Spent(matrix, path).Requests);
        Assert.Empty(matrix.Lake.Keys);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_rate_limit_that_is_long_or_stays_is_handed_on_with_its_time(string path, string answer)
    {
        await using var matrix = await StartAsync(path, answer, Always);
        var (_, requests, waited, deferred) = s_long.Single(row => row.Answer == answer);

        var outcome = await matrix.RunSourceAsync(s_endpoints.Single(endpoint => endpoint.Path == path).Source);

        Assert.Null(outcome.Source);
        Assert.Equal(matrix.Clock.GetUtcNow().AddSeconds(deferred), outcome.DeferredUntil);
        Assert.Equal((requests, waited), Spent(matrix, path));
        Assert.Contains(matrix.Log.Lines, line => line.StartsWith("Warning 101", StringComparison.Ordinal));
        Assert.Empty(matrix.Lake.Keys);
    }

    [Theory]
    [InlineData("me/tracks", "user-library-read")]
    [InlineData("me/top/tracks:medium_term", "user-top-read")]
    [InlineData("me/player/recently-played", "user-read-recently-played")]
    public async Task A_scope_that_is_missing_is_named_with_the_command_that_asks_for_it(string source, string scope)
    {
        await using var extraction = await StartAsync("", "good", 0);
        extraction.Server.User.Scopes.Remove(scope);

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunSourceAsync(source));

        Assert.Contains(
            $"source {source} (403: Insufficient client scope). The authorization lacks the scope {scope}: authorize again with "
            + $"'spotify-etl authorize --source {source}'",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_a_user_is_refused_before_anything_is_asked()
    {
        await using var extraction = await Extraction.StartAsync();

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunSourceAsync("me/tracks"));

        Assert.Contains("Spotify__RefreshToken is not set: run 'spotify-etl authorize --source me/tracks'", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Server.Requests);
    }

    [Theory]
    [InlineData("me/albums", "is no source")]
    [InlineData("playlist:4hRz0PqVt2mXk9wYc7LbNa", "is extracted as a playlist")]
    public async Task What_is_none_of_the_users_lists_asks_nobody(string source, string message)
    {
        await using var extraction = await StartAsync("", "good", 0);

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunSourceAsync(source));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Server.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Secrets_tokens_and_what_else_Spotify_knows_of_the_user_reach_no_log_no_message_and_no_file(int status)
    {
        await using var extraction = await StartAsync("", "good", 0);
        extraction.Server.Script = asked => status != 200 && asked.IsPage ? Answer.Error(status, "no") : null;

        var error = await Record.ExceptionAsync(() => extraction.RunSourceAsync("me/tracks"));

        var seen = string.Join('\n', [.. extraction.Log.Lines, error?.ToString() ?? "", .. extraction.Lake.Keys.Select(extraction.Lake.Text)]);
        Assert.Contains("me/tracks", seen, StringComparison.Ordinal);
        Assert.All(
            [SpotifyServer.ClientSecret, SpotifyServer.AccessToken, SpotifyServer.RefreshToken, "Basic ", "ann@example.org", "premium"],
            secret => Assert.DoesNotContain(secret, seen, StringComparison.Ordinal));
    }

    private static TheoryData<string, string> Cross(IEnumerable<string> answers) =>
        new(answers.SelectMany(_ => s_endpoints, (answer, endpoint) => (endpoint.Path, answer)));

    private static async Task<Extraction> StartAsync(string path, string answer, int times)
    {
        var matrix = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        var user = matrix.Server.User;
        user.SavedTracks = Extraction.RowsOf(3);
        user.TopTracks = [.. Enumerable.Range(0, 3).Select(n => $$"""{"id":"t{{n}}"}""")];
        user.Playlists = [.. Enumerable.Range(0, 3).Select(n => UserLists.Playlist($"4hRz0PqVt2mXk9wYc7LbN{n}", "ann"))];
        user.Plays.AddRange(Enumerable.Range(0, 3).Select(n => Extraction.RunStart.AddMinutes(-3 + n)));
        var left = times;
        matrix.Server.Script = asked => asked.Path == path && left-- > 0 ? KnownAnswers.All[answer] : null;
        return matrix;
    }

    private static (int Requests, int Waited) Spent(Extraction matrix, string path) => (
        matrix.Server.Requests.Count(asked => asked.Path == path),
        (int)(matrix.Clock.GetUtcNow() - Extraction.RunStart.AddSeconds(30)).TotalSeconds);
}
