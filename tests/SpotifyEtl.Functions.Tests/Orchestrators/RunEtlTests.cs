using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

public sealed class RunEtlTests
{
    private const string OtherPlaylist = "5hRz0PqVt2mXk9wYc7LbNb";

    [Fact]
    public async Task Files_that_wait_are_transformed_moved_and_recorded()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("a.json", "s1");
        workflow.Stage("b.json", "s2");

        var end = await workflow.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new FileCounts(2, 0, 0), end.ReadOutputAs<RunResult>()!.Files);
        Assert.Equal(2, end.ReadOutputAs<RunResult>()!.Rows[Table.Song]);
        Assert.Contains("raw_data/processed/a.json", workflow.Lake.Keys);
        Assert.Contains("transformed_data/song_data/song_transformed_b.csv", workflow.Lake.Keys);
        Assert.Contains($"run_data/files/{Workflow.RunId}/a.json", workflow.Lake.Keys);
        Assert.DoesNotContain(workflow.Lake.Keys, key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal));
        Assert.Equal(RunStatus.Succeeded, (await workflow.RecordAsync()).Status);
        Assert.EndsWith("}\n", workflow.Lake.Text(LakeKeys.RunRecord(Workflow.RunId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_is_set_aside_with_its_reason_and_does_not_stop_the_others()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("good.json");
        workflow.Lake["raw_data/to_process/bad.json"] = "{\"items\":[\n{]"u8.ToArray();

        var end = await workflow.RunAsync();

        Assert.Equal(new FileCounts(1, 1, 0), end.ReadOutputAs<RunResult>()!.Files);
        Assert.Equal("{\"items\":[\n{]", workflow.Lake.Text("raw_data/rejected/bad.json"));
        var error = JsonNode.Parse(workflow.Lake.Text("raw_data/rejected/bad.json.error.json"))!;
        Assert.Equal("bad.json", (string?)error["rawFile"]);
        Assert.Equal(2, (int?)error["line"]);
        Assert.Equal(12, (int?)error["byteOffset"]);
        Assert.DoesNotContain(Workflow.RunId, error.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_step_keeps_failing_stays_and_the_run_fails_at_its_end_and_names_it()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("bad.json");
        workflow.Stage("good.json", "s2");
        var attempts = 0;
        workflow.Lake.Before = (what, key) =>
        {
            if (what == "open" && key.EndsWith("bad.json", StringComparison.Ordinal))
            {
                attempts++;
                throw new TransientEtlException("the disk is slow");
            }
        };

        var end = await workflow.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(
            "SpotifyEtl.Errors.PermanentEtlException: Run run failed: File raw_data/to_process/bad.json stays there: TransformFile: the disk is slow",
            end.SerializedOutput);
        Assert.Equal(4, attempts);
        Assert.Contains("raw_data/to_process/bad.json", workflow.Lake.Keys);
        Assert.Contains("raw_data/processed/good.json", workflow.Lake.Keys);
        Assert.Equal(new FileCounts(1, 0, 1), (await workflow.RecordAsync()).Files);
    }

    [Fact]
    public async Task A_permanent_failure_is_not_tried_again()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("bad.json");
        var attempts = 0;
        workflow.Lake.Before = (what, key) =>
        {
            if (what == "open" && key.EndsWith("bad.json", StringComparison.Ordinal))
            {
                attempts++;
                throw new PermanentEtlException("no permission");
            }
        };

        await workflow.RunAsync();

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_step_that_fails_once_is_repeated_and_the_run_succeeds()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("flaky.json");
        var failed = false;
        workflow.Lake.Before = (what, key) =>
        {
            if (what == "commit" && !failed)
            {
                failed = true;
                throw new TransientEtlException("once");
            }
        };

        var end = await workflow.RunAsync();

        Assert.True(failed);
        Assert.Equal(RunStatus.Succeeded, end.ReadOutputAs<RunResult>()!.Status);
    }

    [Fact]
    public async Task A_playlist_is_extracted_and_loaded()
    {
        await using var workflow = await Workflow.StartAsync(
            await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString(), MadeUp.Row("s2").ToJsonString()]));
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        var end = await workflow.RunAsync();

        var playlist = Assert.Single(end.ReadOutputAs<RunResult>()!.Playlists);
        Assert.Equal((PlaylistStatus.Loaded, 2), (playlist.Status, playlist.Items));
        Assert.Equal($"raw_data/to_process/spotify_raw_{SpotifyServer.PlaylistId}_20261122T0600", playlist.RawKey![..^8]);
        Assert.Contains(playlist.RawKey.Replace("to_process", "processed", StringComparison.Ordinal), workflow.Lake.Keys);
        Assert.Equal(2, end.ReadOutputAs<RunResult>()!.Rows[Table.Song]);
    }

    [Fact]
    public async Task A_playlist_whose_snapshot_is_loaded_is_skipped_until_it_changes_or_the_run_is_forced()
    {
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        await using var workflow = await Workflow.StartAsync(spotify);
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        var first = await StatusOfRunAsync();
        var unchanged = await StatusOfRunAsync();
        workflow.Request = workflow.Request with { Force = true };
        var forced = await StatusOfRunAsync();
        workflow.Request = workflow.Request with { Force = false };
        spotify.SnapshotId = "AAAAAQother";
        var changed = await StatusOfRunAsync();

        Assert.Equal(
            [PlaylistStatus.Loaded, PlaylistStatus.Skipped, PlaylistStatus.Loaded, PlaylistStatus.Loaded], new[] { first, unchanged, forced, changed });
        Assert.Equal("AAAAAQother", (string?)JsonNode.Parse(workflow.Lake.Text(LakeKeys.PlaylistRecord(SpotifyServer.PlaylistId)))!["snapshotId"]);

        async Task<PlaylistStatus> StatusOfRunAsync() => Assert.Single((await workflow.RunAsync()).ReadOutputAs<RunResult>()!.Playlists).Status;
    }

    [Fact]
    public async Task Of_the_files_of_a_playlist_that_are_loaded_together_the_newest_alone_tells_what_is_loaded()
    {
        await using var workflow = await Workflow.StartAsync();
        string[] times = ["20261120T060000Z", "20261121T060000Z", "20261119T060000Z"];
        foreach (var (number, time) in times.Index())
        {
            workflow.Stage($"spotify_raw_playlist1_{time}.json", $"s{number}");
        }

        var told = 0;
        workflow.Lake.Before = (step, key) => _ = step == "commit" && key == LakeKeys.PlaylistRecord("playlist1") && Interlocked.Increment(ref told) > 0;
        var end = await workflow.RunAsync();

        Assert.Equal(new FileCounts(3, 0, 0), end.ReadOutputAs<RunResult>()!.Files);
        Assert.Equal(
            "raw_data/processed/spotify_raw_playlist1_20261121T060000Z.json",
            (string?)JsonNode.Parse(workflow.Lake.Text(LakeKeys.PlaylistRecord("playlist1")))!["rawKey"]);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task A_playlist_whose_file_was_not_loaded_is_not_taken_for_loaded()
    {
        await using var workflow = await Workflow.StartAsync(await SpotifyServer.StartAsync(rows: ["null", "null", MadeUp.Row("s1").ToJsonString()]));
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        await workflow.RunAsync();
        await workflow.RunAsync("second");

        Assert.Equal(new FileCounts(0, 1, 0), (await workflow.RecordAsync()).Files);
        Assert.Equal(new FileCounts(0, 1, 0), (await workflow.RecordAsync("second"))!.Files);
    }

    [Fact]
    public async Task A_playlist_that_fails_does_not_stop_the_others_and_the_run_fails_at_its_end_and_names_it()
    {
        await using var workflow = await Workflow.StartAsync(await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]));
        workflow.Request = workflow.Request with { Playlists = [OtherPlaylist, SpotifyServer.PlaylistId] };

        var end = await workflow.RunAsync();
        var record = await workflow.RecordAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains($"Playlist {OtherPlaylist}: ", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal([PlaylistStatus.Failed, PlaylistStatus.Loaded], record.Playlists.Select(playlist => playlist.Status));
        Assert.Equal(new FileCounts(1, 0, 0), record.Files);
    }

    [Fact]
    public async Task A_long_Retry_After_is_waited_for_on_a_durable_timer()
    {
        var asked = 0;
        var spotify = await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]);
        spotify.Script = request => request.Path.StartsWith("/v1", StringComparison.Ordinal) && Interlocked.Increment(ref asked) == 1
            ? Answer.Error(429, "API rate limit exceeded") with { Headers = new() { ["Retry-After"] = "120" } }
            : null;
        await using var workflow = await Workflow.StartAsync(spotify);
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        var end = await workflow.RunAsync();
        var result = end.ReadOutputAs<RunResult>()!;

        Assert.Equal(PlaylistStatus.Loaded, Assert.Single(result.Playlists).Status);
        Assert.True(result.EndedAt - result.StartedAt >= TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task A_backlog_is_processed_in_batches_and_the_runs_own_history_grows_with_their_number()
    {
        await using var workflow = await Workflow.StartAsync();
        foreach (var number in Enumerable.Range(0, 501))
        {
            workflow.Stage($"f{number:000}.json", $"s{number}");
        }

        var end = await workflow.RunAsync();

        Assert.Equal(new FileCounts(501, 0, 0), end.ReadOutputAs<RunResult>()!.Files);
        Assert.NotNull(await workflow.Client.GetInstanceAsync("run:files-11", TestContext.Current.CancellationToken));
        Assert.Null(await workflow.Client.GetInstanceAsync("run:files-12", TestContext.Current.CancellationToken));
        Assert.True((await workflow.HistoryOfAsync(Workflow.RunId)).ToJson().Length < 120_000, "the history must not hold the files of the batches' own work");
    }

    [Fact]
    public async Task Tables_that_do_not_show_what_was_written_fail_the_run()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("a.json");
        workflow.Request = workflow.Request with { VerifyTables = true };
        workflow.Rows.Count = (table, stems) => stems.SetEquals(["a"]) ? table == Table.Album ? 7 : table == Table.Rejected || table == Table.Play ? 0 : 1 : -1;

        var end = await workflow.RunAsync();

        Assert.Equal(
            "SpotifyEtl.Errors.PermanentEtlException: Run run failed: Table album_data shows 7 rows of this run's files; 1 were written. Run its "
                + "crawler again.",
            end.SerializedOutput);
    }

    [Fact]
    public async Task A_run_that_is_replayed_for_every_step_leaves_the_same_lake()
    {
        await using var cached = await Workflow.StartAsync();
        await using var replayed = await Workflow.StartAsync(cachedOrchestrations: 0);
        foreach (var workflow in new[] { cached, replayed })
        {
            workflow.Request = workflow.Request with { Crawlers = ["c1", "c2"] };
            workflow.Stage("a.json", "s1");
            workflow.Stage("b.json", "s2");
            workflow.Lake["raw_data/to_process/c.json"] = Encoding.UTF8.GetBytes("no JSON");
            await workflow.RunAsync();
        }

        Assert.Equal(Contents(cached), Contents(replayed));

        static IEnumerable<(string, string)> Contents(Workflow workflow) => workflow.Lake.Keys
            .Where(key => key != LakeKeys.LastGoodRun && !key.StartsWith(LakeKeys.Runs, StringComparison.Ordinal))
            .Select(key => (key, workflow.Lake.Text(key)));
    }

    [Fact]
    public async Task What_became_of_a_run_and_of_its_parts_is_shown_as_custom_status()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Request = workflow.Request with { Crawlers = ["c"] };
        workflow.Stage("a.json");

        var end = await workflow.RunAsync();

        Assert.StartsWith(
            """{"phase":"Ended","status":"Succeeded","playlists":{"loaded":0,"skipped":0,"failed":0},"files":{"transformed":1,"rejected":0,"failed":0},"rows":{"album":1,""",
            end.SerializedCustomStatus, StringComparison.Ordinal);
        Assert.StartsWith(
            """{"phase":"Ended","status":"Succeeded","files":{"transformed":1,"rejected":0,"failed":0},"rows":{""",
            await StatusOfAsync("run:files-1"),
            StringComparison.Ordinal);
        Assert.Equal("""{"phase":"Ended","status":"Succeeded"}""", await StatusOfAsync("run:crawl:c"));

        async Task<string?> StatusOfAsync(string id) =>
            (await workflow.Client.GetInstanceAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken))!.SerializedCustomStatus;
    }
}
