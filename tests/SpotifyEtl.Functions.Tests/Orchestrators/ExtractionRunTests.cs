using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>Runs that meet Spotify as it is, however they are started.</summary>
public sealed class ExtractionRunTests
{
    private static readonly string[] s_fifty = [.. Enumerable.Range(0, 50).Select(n => $"4hRz0PqVt2mXk9wYc7Lb{n:D2}")];
    private static readonly string[] s_refused = [s_fifty[3], s_fifty[20], s_fifty[49]];

    public enum Start
    {
        Request,
        Timer,
    }

    [Theory]
    [InlineData(Start.Request)]
    [InlineData(Start.Timer)]
    public async Task Of_fifty_playlists_of_which_three_fail_for_good_the_others_are_loaded_and_a_run_of_only_those_three_works(Start start)
    {
        var spotify = await FiftyAsync();
        spotify.Script = asked => asked.IsPage && s_refused.Any(id => asked.Path.Contains(id, StringComparison.Ordinal))
            ? Answer.Error(403, "Forbidden")
            : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, playlists: string.Join(',', s_fifty));

        var first = await EndAsync(workflow, start);
        var failed = await RecordAsync(workflow, first.InstanceId);
        spotify.Script = _ => null;
        var second = await StartByRequestAsync(workflow, "again", s_refused);
        var rerun = await RecordAsync(workflow, second.InstanceId);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, first.RuntimeStatus);
        Assert.Equal(47, failed.Playlists.Count(playlist => playlist.Status is PlaylistStatus.Loaded));
        Assert.Equal(new FileCounts(47, 0, 0), failed.Files);
        Assert.All(s_refused, id => Assert.Contains($"Playlist {id}: Spotify refuses this app the contents", first.SerializedOutput, StringComparison.Ordinal));
        Assert.Equal(3, failed.Problems.Count);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, second.RuntimeStatus);
        Assert.Equal(s_refused, rerun.Playlists.Select(playlist => playlist.PlaylistId));
        Assert.All(rerun.Playlists, playlist => Assert.Equal(PlaylistStatus.Loaded, playlist.Status));
        Assert.Equal(50, workflow.Lake.Keys.Count(key => key.StartsWith("raw_data/processed/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sign_in_page_in_place_of_Spotify_is_asked_for_three_times_in_the_whole_run_and_told()
    {
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        spotify.Script = asked => asked.Path == "/token" ? null : new Answer(200, "<html>Sign in</html>", "text/html");
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, playlists: SpotifyServer.PlaylistId);

        var run = await StartByRequestAsync(workflow, "portal", [SpotifyServer.PlaylistId]);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.RuntimeStatus);
        Assert.Contains(
            $"Playlist {SpotifyServer.PlaylistId}: This network answers with a sign-in page", run.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(3, spotify.Requests.Count);
    }

    [Fact]
    public async Task A_run_says_which_playlists_it_skipped_and_why()
    {
        var spotify = await FiftyAsync();
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, playlists: string.Join(',', s_fifty));
        await StartByRequestAsync(workflow, "first", s_fifty);
        spotify.SnapshotId = "AAAAAQother";
        await StartByRequestAsync(workflow, "changed", s_fifty[..2]);

        await StartByRequestAsync(workflow, "second", s_fifty[..3]);
        var record = await RecordAsync(workflow, "second");

        Assert.Equal([PlaylistStatus.Skipped, PlaylistStatus.Skipped, PlaylistStatus.Loaded], record.Playlists.Select(playlist => playlist.Status));
        Assert.Equal("It has not changed since it was loaded.", record.Playlists[0].Message);
    }

    [Theory]
    [InlineData(Start.Request)]
    [InlineData(Start.Timer)]
    public async Task A_wait_of_48925_seconds_is_a_durable_timer_that_survives_a_restart_and_is_shown(Start start)
    {
        var limited = 0;
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        spotify.Script = asked => asked.IsPage && Interlocked.Increment(ref limited) == 1 ? Answer.Limit("48925", quota: true) : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, playlists: SpotifyServer.PlaylistId);
        var began = workflow.Clock.GetUtcNow();

        var runId = await BeginAsync(workflow, start);
        var waiting = await workflow.WaitForStatusAsync(runId, status => status.WaitsUntil is not null);
        await workflow.RestartAsync();
        var stillWaiting = await workflow.WaitForStatusAsync(runId, status => status.WaitsUntil is not null);
        var requestsBefore = spotify.Requests.Count;
        workflow.Clock.Advance(TimeSpan.FromSeconds(48_000));
        Assert.Equal(requestsBefore, spotify.Requests.Count);
        var end = await workflow.EndAsync(runId);
        var playlist = Assert.Single((await RecordAsync(workflow, runId)).Playlists);

        Assert.Equal((0, 1, 1), (waiting.Done, waiting.Total, waiting.Deferred));
        Assert.Equal((PlaylistStatus.Loaded, 1, waiting.WaitsUntil), (playlist.Status, playlist.Deferrals, playlist.DeferredUntil));
        Assert.True(waiting.WaitsUntil >= began.AddSeconds(48_925), $"waits until {waiting.WaitsUntil:O}");
        Assert.Equal(waiting.WaitsUntil, stillWaiting.WaitsUntil);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.All(spotify.Requests.Skip(requestsBefore), asked => Assert.True(asked.At >= waiting.WaitsUntil, $"asked at {asked.At:O}"));
        Assert.True(spotify.Requests.Count > requestsBefore, "the playlist was asked for again");
    }

    [Fact]
    public async Task A_quota_that_is_spent_for_longer_than_a_day_fails_its_playlist_and_no_other()
    {
        var spotify = await FiftyAsync();
        spotify.Script = asked => asked.IsPage && asked.Path.Contains(s_fifty[1], StringComparison.Ordinal) ? Answer.Limit("90000", quota: true) : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true);

        var end = await StartByRequestAsync(workflow, "quota", s_fifty[..3]);
        var record = await RecordAsync(workflow, "quota");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal([PlaylistStatus.Loaded, PlaylistStatus.Failed, PlaylistStatus.Loaded], record.Playlists.Select(playlist => playlist.Status));
        Assert.Contains("Spotify asks to wait until 2026-11-23", record.Playlists[1].Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0], record.Playlists.Select(playlist => playlist.Deferrals));
        Assert.Equal([false, true, false], record.Playlists.Select(playlist => playlist.DeferredUntil is not null));
    }

    [Fact]
    public async Task A_rate_limit_that_never_ends_is_given_up_after_so_many_waits()
    {
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        spotify.Script = asked => asked.IsPage ? Answer.Limit("60") : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true);

        var end = await StartByRequestAsync(workflow, "limited", [SpotifyServer.PlaylistId]);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("after 50 waits", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(51, spotify.Requests.Count(asked => asked.IsPage));
    }

    [Theory]
    [InlineData(400, "bad request")]
    [InlineData(401, "still expired")]
    [InlineData(403, "not for you")]
    [InlineData(404, "gone for good")]
    [InlineData(500, "out of order")]
    [InlineData(503, "out of order")]
    public async Task A_playlist_that_fails_for_good_ends_its_run_by_request_and_the_answer_of_the_API_says_why(int status, string message)
    {
        var spotify = await FiftyAsync();
        spotify.Script = asked => asked.IsPage && asked.Path.Contains(s_fifty[1], StringComparison.Ordinal) ? Answer.Error(status, message) : null;
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true);

        var end = await StartByRequestAsync(workflow, "refused", s_fifty[..3]);

        using HttpClient http = new() { BaseAddress = workflow.Url };
        var run = JsonNode.Parse(await http.GetStringAsync("/api/runs/refused", Cancellation))!;
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("Loaded Failed Loaded", string.Join(' ', run["result"]!["playlists"]!.AsArray().Select(playlist => (string?)playlist!["status"])));
        Assert.Contains($"{status}: {message}", (string?)run["result"]!["playlists"]![1]!["message"], StringComparison.Ordinal);
        Assert.Contains($"Playlist {s_fifty[1]}: ", (string?)run["failure"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Start.Request, false)]
    [InlineData(Start.Request, true)]
    [InlineData(Start.Timer, false)]
    [InlineData(Start.Timer, true)]
    public async Task Ten_thousand_rows_arrive_from_a_server_that_fails_one_request_in_three(Start start, bool classic)
    {
        string[] rows = [.. Enumerable.Range(0, 10_000).Select(n => MadeUp.Row($"s{n}").ToJsonString())];
        var spotify = await SpotifyServer.StartAsync(classic, rows);
        spotify.Script = Faults.OneInThree();
        await using var workflow = await Workflow.StartAsync(spotify, withHttp: true, playlists: SpotifyServer.PlaylistId);

        var end = await EndAsync(workflow, start);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(10_000, end.ReadOutputAs<RunResult>()!.Rows[Table.Playlist]);
        var raw = workflow.Lake.Text(workflow.Lake.Keys.Single(key => key.StartsWith("raw_data/processed/", StringComparison.Ordinal)));
        Assert.EndsWith("\"items\":[\n" + string.Join(",\n", rows) + "\n]}\n", raw, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<SpotifyServer> FiftyAsync()
    {
        var spotify = await SpotifyServer.StartAsync();
        foreach (var (id, n) in s_fifty.Select((id, n) => (id, n)))
        {
            spotify.Others[id] = [MadeUp.Row($"s{n}").ToJsonString()];
        }

        return spotify;
    }

    private static async Task<string> BeginAsync(Workflow workflow, Start start)
    {
        if (start is Start.Timer)
        {
            TimerInfo tick = new() { ScheduleStatus = new ScheduleStatus { Next = new DateTime(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc) } };
            await workflow.Activity<ScheduledRun>().RunAsync(tick, workflow.Client, Cancellation);
            return "scheduled-20261122T060000Z";
        }

        using HttpClient http = new() { BaseAddress = workflow.Url };
        using var started = await http.PostAsync("/api/runs", content: null, Cancellation);
        return (string)JsonNode.Parse(await started.Content.ReadAsStringAsync(Cancellation))!["runId"]!;
    }

    private static async Task<OrchestrationMetadata> EndAsync(Workflow workflow, Start start) => await workflow.EndAsync(await BeginAsync(workflow, start));

    private static async Task<OrchestrationMetadata> StartByRequestAsync(Workflow workflow, string runId, string[] playlists)
    {
        using HttpClient http = new() { BaseAddress = workflow.Url };
        using var started = await http.PostAsJsonAsync("/api/runs", new { runId, playlists }, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, started.StatusCode);
        return await workflow.EndAsync(runId);
    }

    private static async Task<RunResult> RecordAsync(Workflow workflow, string runId) => (await workflow.RecordAsync(runId))!;
}
