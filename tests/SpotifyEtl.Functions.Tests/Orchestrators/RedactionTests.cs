using System.Net.Http.Json;
using System.Text;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>Runs that fail in every way while Spotify repeats all secrets: none of them is logged, kept or answered.</summary>
public sealed class RedactionTests
{
    private const string Rotated = "rotated-refresh-token";

    private static readonly string s_basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SpotifyServer.ClientId}:{SpotifyServer.ClientSecret}"));

    private static readonly string[] s_secrets = [SpotifyServer.ClientSecret, SpotifyServer.RefreshToken, Rotated, SpotifyServer.AccessToken, s_basic];

    private static readonly string s_said = $"{string.Join(' ', s_secrets)} Basic {s_basic} Bearer {SpotifyServer.AccessToken}";

    private static readonly Dictionary<string, Func<Asked, bool, Answer?>> s_ways = new(StringComparer.Ordinal)
    {
        ["bad request"] = (asked, _) => asked.IsPage ? Answer.Error(400, s_said) : null,
        ["unauthorized"] = (asked, _) => asked.IsPage ? Answer.Error(401, s_said) : null,
        ["forbidden"] = (asked, _) => asked.IsPage ? Answer.Error(403, s_said) : null,
        ["not found"] = (asked, _) => asked.Path != "/token" ? new Answer(404, s_said, "text/plain") : null,
        ["limited"] = (asked, first) => asked.IsPage && first ? Limit("48925") : null,
        ["limited for days"] = (asked, _) => asked.IsPage ? Limit("90000") : null,
        ["server error"] = (asked, _) => asked.IsPage ? Answer.Error(500, s_said) : null,
        ["bad gateway"] = (asked, _) => asked.IsPage ? new Answer(502, $"<html>{s_said}</html>", "text/html") : null,
        ["truncated"] = (asked, _) => asked.IsPage ? new Answer(200, $$"""{"items":[{"{{s_said}}""") : null,
        ["no page"] = (asked, _) => asked.IsPage ? new Answer(200, $$"""{"message":"{{s_said}}"}""") : null,
        ["no JSON"] = (asked, _) => asked.IsPage ? new Answer(200, s_said, "text/plain") : null,
        ["cut off"] = (asked, _) => asked.IsPage ? new Answer(200, s_said) { Fate = AnswerFate.CutOff } : null,
        ["no answer"] = (asked, _) => asked.IsPage ? new Answer(200, s_said) { Fate = AnswerFate.NoAnswer } : null,
        ["sign-in refused"] = (asked, first) => SignIn(asked, first, new Answer(400, $$"""{"error":"invalid_client","error_description":"{{s_said}}"}""")),
        ["sign-in over"] = (asked, first) => SignIn(asked, first, new Answer(400, $$"""{"error":"invalid_grant","error_description":"{{s_said}}"}""")),
        ["sign-in down"] = (asked, first) => SignIn(asked, first, new Answer(503, s_said, "text/plain")),
        ["sign-in broken"] = (asked, first) => SignIn(asked, first, new Answer(200, $$"""{"token":"{{s_said}}"}""")),
    };

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_secret_is_shown_however_a_run_fails(string way)
    {
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        int pages = 0, tokens = 0;
        spotify.GivesRefreshToken = Rotated;
        spotify.Script = asked => s_ways[way](
            asked, (asked.Path == "/token" ? Interlocked.Increment(ref tokens) : asked.IsPage ? Interlocked.Increment(ref pages) : 0) == 1);
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, refreshToken: SpotifyServer.RefreshToken);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var started = await http.PostAsJsonAsync("/api/runs", new { runId = "run", playlists = new[] { SpotifyServer.PlaylistId } }, Cancellation);
        Assert.True(started.IsSuccessStatusCode, string.Join('\n', workflow.Log.Lines));
        await workflow.EndAsync("run");

        var run = await http.GetStringAsync("/api/runs/run", Cancellation);
        StringBuilder seen = new(await started.Content.ReadAsStringAsync(Cancellation));
        seen.Append(run)
            .Append(await http.GetStringAsync("/api/runs", Cancellation))
            .Append(
                await http.GetStringAsync("/runtime/webhooks/durabletask/instances/run?showInput=true&showHistory=true&showHistoryOutput=true", Cancellation))
            .AppendJoin('\n', workflow.Log.Lines)
            .AppendJoin('\n', workflow.Lake.Keys.Select(workflow.Lake.Text));
        foreach (var path in Directory.GetFiles(workflow.StateFolder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) != ".lock"))
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader text = new(file, Encoding.Latin1);
            seen.Append(await text.ReadToEndAsync(Cancellation));
        }

        Assert.Contains(way == "limited" ? "\"deferrals\":1" : "\"status\":\"Failed\"", run, StringComparison.Ordinal);
        Assert.Contains(workflow.Log.Lines, line => line.Contains(SpotifyServer.PlaylistId, StringComparison.Ordinal));
        Assert.All(s_secrets, secret => Assert.DoesNotContain(secret, seen.ToString(), StringComparison.Ordinal));
    }

    // The first token is given, and worth nothing when the page is asked for.
    private static Answer? SignIn(Asked asked, bool first, Answer answer) => asked switch
    {
        { IsPage: true } => Answer.Error(401, "The access token expired"),
        { Path: "/token" } when !first => answer,
        _ => null,
    };

    private static Answer Limit(string seconds) => new(429, $$$"""{"error":{"status":429,"message":"{{{s_said}}}","reason":"QUOTA_EXCEEDED"}}""")
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = seconds },
    };
}
