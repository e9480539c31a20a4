using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Runs;

public sealed class RunNoticesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_step_that_is_tried_again_is_told_of_once_while_its_run_goes_on(int cachedOrchestrations)
    {
        await using var workflow = await Workflow.StartAsync(cachedOrchestrations: cachedOrchestrations, withHttp: true);
        workflow.Stage("flaky.json");
        var failures = 0;
        workflow.Lake.Before = (what, _) =>
        {
            if (what == "commit" && failures++ == 0)
            {
                throw new TransientEtlException("The disk is slow. Wait for a faster one.");
            }
        };

        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl), workflow.Request, new StartOrchestrationOptions(Workflow.RunId), Cancellation);
        var met = await MetAsync(workflow);
        await workflow.EndAsync(Workflow.RunId);
        using HttpClient http = new() { BaseAddress = workflow.Url };
        var ended = await http.GetFromJsonAsync<JsonObject>($"api/runs/{Workflow.RunId}", Cancellation);

        Assert.Equal(["File flaky.json: The disk is slow. Try 2 of 4 in 2 s."], met);
        Assert.Equal(met, workflow.Notices.Of(Workflow.RunId).Select(notice => notice.Text));
        Assert.False(ended!.ContainsKey("notices"));
    }

    [Fact]
    public async Task A_request_that_Spotify_does_not_answer_is_told_of_with_the_try_that_comes()
    {
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        spotify.Script = asked => asked.Path.StartsWith("/v1/", StringComparison.Ordinal) ? Answer.Error(503, "out of order") : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true);
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl), workflow.Request, new StartOrchestrationOptions(Workflow.RunId), Cancellation);
        var met = await MetAsync(workflow);
        spotify.Script = _ => null;
        await workflow.EndAsync(Workflow.RunId);

        Assert.Matches($"^GET playlists/{SpotifyServer.PlaylistId}: Spotify answers 503\\. Try 2 of [0-9] in [01]\\.[0-9] s\\.$", Assert.Single(met));
    }

    [Fact]
    public void Only_warnings_of_the_pipeline_in_the_scope_of_a_run_are_kept_and_the_oldest_go_first()
    {
        using RunNotices notices = new(TimeProvider.System);
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(notices));
        var (ours, others) = (factory.CreateLogger("SpotifyEtl.Lake"), factory.CreateLogger("Microsoft.Hosting"));
        Log(ours, LogLevel.Warning, "of no run");
        using (ours.BeginScope(RunScope.Of("r:files-1")))
        {
            Log(ours, LogLevel.Information, "too low");
            Log(others, LogLevel.Warning, "not ours");
            for (var n = 1; n <= 150; n++)
            {
                Log(ours, LogLevel.Warning, $"warning {n}");
            }
        }

        Assert.Equal(Enumerable.Range(51, 100).Select(n => $"warning {n}"), notices.Of("r").Select(notice => notice.Text));
        Assert.Empty(notices.Of("other"));
    }

    private static void Log(ILogger logger, LogLevel level, string text) => logger.Log(level, default, text, null, (state, _) => state);

    private static async Task<string[]> MetAsync(Workflow workflow)
    {
        using HttpClient http = new() { BaseAddress = workflow.Url };
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var run = await http.GetFromJsonAsync<JsonObject>($"api/runs/{Workflow.RunId}", Cancellation);
            if (run!["notices"] is JsonArray notices)
            {
                return [.. notices.Select(notice => (string)notice!["text"]!)];
            }

            await poll.WaitForNextTickAsync(Cancellation);
        }
    }
}
