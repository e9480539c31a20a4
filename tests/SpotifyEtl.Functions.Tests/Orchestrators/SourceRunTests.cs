using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>Runs that load lists of the signed-in user.</summary>
public sealed class SourceRunTests
{
    private const string Top = "me/top/tracks:short_term";
    private const string Plays = "me/player/recently-played";
    private const string Bookmark = "run_data/sources/me-player-recently-played-ann.json";

    private static readonly string[] s_ids = [.. Enumerable.Range(0, 4).Select(n => $"4hRz0PqVt2mXk9wYc7LbN{n}")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_of_the_settings_are_loaded_beside_the_playlists_and_told_of()
    {
        await using var workflow = await StartAsync(sources: $"me/tracks,{Top},playlist:{s_ids[1]}", playlists: s_ids[0]);

        var (end, run) = await RunAsync(workflow, new { runId = "run" });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(s_ids[..2], run.Playlists.Select(playlist => playlist.PlaylistId));
        Assert.Equal([("me/tracks", 2), (Top, 1)], run.Sources!.Select(source => (source.Source, source.Items)));
        Assert.Equal(new FileCounts(4, 0, 0), run.Files);
        Assert.Equal(5, run.Rows[Table.Playlist]);
        Assert.Contains(
            "ann:tracks,,2026-11-22T06:00:00Z,1,saved1",
            workflow.Lake.Text("transformed_data/playlist_data/playlist_transformed_me-tracks-ann_20261122T060000Z.csv"),
            StringComparison.Ordinal);
        Assert.Contains("\"sources\":{\"loaded\":2,\"skipped\":0,\"failed\":0}", end.SerializedCustomStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_is_loaded_and_nothing_of_the_settings()
    {
        await using var workflow = await StartAsync(sources: "me/tracks", playlists: s_ids[0]);

        var (_, ofSource) = await RunAsync(workflow, new { runId = "source", sources = new[] { "ME/top/tracks:short_term", $"playlist:{s_ids[2]}" } });
        var (_, ofPlaylist) = await RunAsync(workflow, new { runId = "playlist", playlists = new[] { s_ids[3] } });

        Assert.Equal([s_ids[2]], ofSource.Playlists.Select(playlist => playlist.PlaylistId));
        Assert.Equal([Top], ofSource.Sources!.Select(source => source.Source));
        Assert.Equal([s_ids[3]], ofPlaylist.Playlists.Select(playlist => playlist.PlaylistId));
        Assert.Null(ofPlaylist.Sources);
    }

    [Fact]
    public async Task A_source_that_fails_for_good_fails_the_run_and_stops_nothing_else()
    {
        await using var workflow = await StartAsync(sources: $"me/tracks,{Top}", playlists: s_ids[0]);
        workflow.Spotify!.User.Scopes.Remove("user-library-read");

        var (end, run) = await RunAsync(workflow, new { runId = "run" });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal([PlaylistStatus.Failed, PlaylistStatus.Loaded], run.Sources!.Select(source => source.Status));
        Assert.Equal(PlaylistStatus.Loaded, Assert.Single(run.Playlists).Status);
        Assert.Equal(new FileCounts(2, 0, 0), run.Files);
        Assert.StartsWith(
            "Source me/tracks: Spotify refuses this app the contents of source me/tracks (403: Insufficient client scope). The authorization lacks the scope "
            + "user-library-read",
            Assert.Single(run.Problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_whose_file_is_rejected_has_failed()
    {
        await using var workflow = await StartAsync(sources: $"me/tracks,{Top}", playlists: null);
        workflow.Spotify!.User.SavedTracks = ["""{"track":{"name":"without an id"}}""", """{"track":{"name":"nor this"}}"""];

        var (end, run) = await RunAsync(workflow, new { runId = "run" });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal([PlaylistStatus.Failed, PlaylistStatus.Loaded], run.Sources!.Select(source => source.Status));
        Assert.Equal(new FileCounts(1, 1, 0), run.Files);
        Assert.StartsWith(
            "Source me/tracks: spotify_raw_me-tracks-ann_20261122T060000Z.json was rejected", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plays_are_read_on_from_where_they_are_loaded_to_and_none_is_missed_or_loaded_twice()
    {
        await using var workflow = await StartAsync(sources: Plays, playlists: null);
        var first = new DateTimeOffset(2026, 11, 21, 20, 0, 0, 123, TimeSpan.Zero);
        workflow.Spotify!.User.Plays.AddRange([first, first.AddMinutes(3), first.AddMinutes(6)]);

        var (_, one) = await RunAsync(workflow, new { runId = "one" });
        workflow.Clock.Advance(TimeSpan.FromHours(1));
        workflow.Spotify.User.Plays.AddRange([first.AddMinutes(9), first.AddMinutes(12)]);
        var (_, two) = await RunAsync(workflow, new { runId = "two" });
        workflow.Clock.Advance(TimeSpan.FromHours(1));
        var (end, three) = await RunAsync(workflow, new { runId = "three" });

        Assert.Equal((3L, 2L, 0L), (one.Rows[Table.Play], two.Rows[Table.Play], three.Rows[Table.Play]));
        Assert.Equal((PlaylistStatus.Skipped, OrchestrationRuntimeStatus.Completed), (Assert.Single(three.Sources!).Status, end.RuntimeStatus));
        Assert.Contains("\"play\":5", workflow.Lake.Text("run_data/months/2026-11.json"), StringComparison.Ordinal);
        Assert.Contains("\"playedUntil\":\"2026-11-21T20:12:00.123", workflow.Lake.Text(Bookmark), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plays_that_are_rejected_are_asked_for_again()
    {
        await using var workflow = await StartAsync(sources: Plays, playlists: null);
        workflow.Spotify!.User.Plays.Add(new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero));
        var play = workflow.Spotify.User.Play;
        workflow.Spotify.User.Play = _ => """{"track":null,"played_at":"2026-11-21T20:00:00.000Z","context":null}""";
        var (end, _) = await RunAsync(workflow, new { runId = "bad" });

        workflow.Spotify.User.Play = play;
        workflow.Clock.Advance(TimeSpan.FromHours(1));
        var (_, good) = await RunAsync(workflow, new { runId = "good" });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(1, good.Rows[Table.Play]);
    }

    [Fact]
    public async Task A_source_that_Spotify_puts_off_is_waited_for_while_the_others_are_extracted()
    {
        await using var workflow = await StartAsync(sources: $"me/tracks,{Top}", playlists: s_ids[0]);
        var limited = 0;
        workflow.Spotify!.Script = asked => asked.Path == "/v1/me/tracks" && Interlocked.Increment(ref limited) == 1
            ? Answer.Limit("48925", quota: true)
            : null;
        using HttpClient http = new() { BaseAddress = workflow.Url };
        using var started = await http.PostAsJsonAsync("/api/runs", new { runId = "run" }, Cancellation);

        await workflow.WaitForStatusAsync("run", status => status.WaitsUntil is not null);

        // So long all requests hold back after such an answer.
        workflow.Clock.Advance(TimeSpan.FromSeconds(10));
        var waiting = await workflow.WaitForStatusAsync("run", status => status is { WaitsUntil: not null, Done: 2 });
        var end = await workflow.EndAsync("run");

        var source = (await workflow.RecordAsync("run"))!.Sources![0];
        Assert.Equal((3, 1), (waiting.Total, waiting.Deferred));
        Assert.Equal((PlaylistStatus.Loaded, 1, waiting.WaitsUntil), (source.Status, source.Deferrals, source.DeferredUntil));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
    }

    [Fact]
    public async Task A_source_that_is_put_off_without_end_fails_alone()
    {
        await using var workflow = await StartAsync(sources: $"me/tracks,{Top}", playlists: null);
        workflow.Spotify!.Script = asked => asked.Path == "/v1/me/tracks" ? Answer.Limit("60") : null;

        var (_, run) = await RunAsync(workflow, new { runId = "run" });

        Assert.Contains("after 50 waits the run waits no longer", Assert.Single(run.Problems), StringComparison.Ordinal);
        Assert.Equal([PlaylistStatus.Failed, PlaylistStatus.Loaded], run.Sources!.Select(source => source.Status));
    }

    [Fact]
    public async Task The_playlists_of_a_user_are_found_and_each_loaded_once_with_the_same_rules()
    {
        await using var workflow = await StartAsync(sources: "me/playlists", playlists: s_ids[0]);
        workflow.Spotify!.User.Playlists = ["null", .. s_ids[..3].Select(id => UserLists.Playlist(id, "ann")), UserLists.Playlist(s_ids[3], "bob")];
        workflow.Spotify.Script = asked => asked.IsPage && asked.Path.Contains(s_ids[2], StringComparison.Ordinal) ? Answer.Error(403, "Forbidden") : null;

        var (_, first) = await RunAsync(workflow, new { runId = "first" });
        workflow.Spotify.Script = _ => null;
        var (end, second) = await RunAsync(workflow, new { runId = "second" });

        Assert.Equal(s_ids[..3], first.Playlists.Select(playlist => playlist.PlaylistId));
        Assert.Equal([PlaylistStatus.Loaded, PlaylistStatus.Loaded, PlaylistStatus.Failed], first.Playlists.Select(playlist => playlist.Status));
        Assert.StartsWith($"Playlist {s_ids[2]}: ", Assert.Single(first.Problems), StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal([PlaylistStatus.Skipped, PlaylistStatus.Skipped, PlaylistStatus.Loaded], second.Playlists.Select(playlist => playlist.Status));
        Assert.Equal((3, PlaylistStatus.Loaded), (Assert.Single(second.Sources!).Items, second.Sources![0].Status));
    }

    [Fact]
    public async Task A_run_with_sources_replays_its_history()
    {
        await using var workflow = await StartAsync(sources: $"me/playlists,{Top}", playlists: s_ids[0]);
        workflow.Spotify!.User.Playlists = [.. s_ids.Select(id => UserLists.Playlist(id, "ann"))];
        var limited = 0;
        workflow.Spotify.Script = asked => asked.Path == "/v1/me/playlists" && Interlocked.Increment(ref limited) == 1 ? Answer.Limit("600") : null;

        await RunAsync(workflow, new { runId = "run" });

        (await workflow.HistoryOfAsync("run")).Replay();
    }

    [Fact]
    public async Task A_request_and_a_record_without_sources_are_what_they_were_before_there_were_any()
    {
        await using var workflow = await StartAsync(sources: null, playlists: s_ids[0]);

        var (end, run) = await RunAsync(workflow, new { runId = "run" });

        Assert.Null(run.Sources);
        Assert.All(
            [end.SerializedInput, end.SerializedOutput, end.SerializedCustomStatus],
            text => Assert.DoesNotContain("sources", text, StringComparison.OrdinalIgnoreCase));
        Assert.True(end.ReadInputAs<RunRequest>()!.AsksTheSameAs(end.ReadInputAs<RunRequest>()! with { Sources = [] }), "none is none");
        Assert.False(end.ReadInputAs<RunRequest>()!.AsksTheSameAs(end.ReadInputAs<RunRequest>()! with { Sources = [Top] }), "one is not none");
    }

    [Fact]
    public async Task A_rerun_asks_for_the_same_sources()
    {
        await using var workflow = await StartAsync(sources: null, playlists: s_ids[0]);
        await RunAsync(workflow, new { runId = "run", sources = new[] { Top } });
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var started = await http.PostAsync("/api/runs/run/rerun", content: null, Cancellation);
        var runId = (string)JsonNode.Parse(await started.Content.ReadAsStringAsync(Cancellation))!["runId"]!;
        await workflow.EndAsync(runId);

        var again = (await workflow.RecordAsync(runId))!;
        Assert.Empty(again.Playlists);
        Assert.Equal([Top], again.Sources!.Select(source => source.Source));
    }

    [Theory]
    [InlineData("me/albums", true, "'me/albums' is no source. Allowed are playlist:{id}, me/playlists")]
    [InlineData("playlist:nope", true, "'nope' is no playlist id")]
    [InlineData("me/tracks", false, "me/tracks is of the signed-in user, and Spotify__RefreshToken is not set: run 'spotify-etl authorize --source me/tracks'")]
    public async Task A_source_that_cannot_be_loaded_is_answered_400_and_starts_nothing(string source, bool hasUser, string message)
    {
        await using var workflow = await Workflow.StartAsync(
            await SpotifyServer.StartAsync(), withHttp: true, refreshToken: hasUser ? SpotifyServer.RefreshToken : null);
        using HttpClient http = new() { BaseAddress = workflow.Url };

        using var answer = await http.PostAsJsonAsync("/api/runs", new { sources = new[] { source } }, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            message, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["message"], StringComparison.Ordinal);
        Assert.Empty(await workflow.Client.GetAllInstancesAsync().ToListAsync(Cancellation));
    }

    private static async Task<Workflow> StartAsync(string? sources, string? playlists)
    {
        var spotify = await SpotifyServer.StartAsync();
        foreach (var (id, n) in s_ids.Select((id, n) => (id, n)))
        {
            spotify.Others[id] = [MadeUp.Row($"s{n}").ToJsonString()];
        }

        spotify.User.SavedTracks = [MadeUp.Row("saved1").ToJsonString(), MadeUp.Row("saved2").ToJsonString()];
        spotify.User.TopTracks = [MadeUp.Track("top1", "a1").ToJsonString()];
        return await Workflow.StartAsync(
            spotify,
            withHttp: true,
            playlists: playlists,
            refreshToken: SpotifyServer.RefreshToken,
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Spotify:Sources"] = sources });
    }

    private static async Task<(OrchestrationMetadata End, RunResult Run)> RunAsync(Workflow workflow, object body)
    {
        using HttpClient http = new() { BaseAddress = workflow.Url };
        using var started = await http.PostAsJsonAsync("/api/runs", body, Cancellation);
        var answer = await started.Content.ReadAsStringAsync(Cancellation);
        Assert.True(started.StatusCode is HttpStatusCode.Accepted, answer);
        var end = await workflow.EndAsync((string)JsonNode.Parse(answer)!["runId"]!);
        return (end, (await workflow.RecordAsync(end.InstanceId))!);
    }
}
