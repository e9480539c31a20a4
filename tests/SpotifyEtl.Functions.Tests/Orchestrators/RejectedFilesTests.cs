using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

public sealed class RejectedFilesTests
{
    [Fact]
    public async Task A_file_that_is_rejected_beside_others_is_a_warning_with_its_reason_and_leaves_a_record()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("good.json");
        workflow.Lake["raw_data/to_process/bad.json"] = "{\"items\":[\n{]"u8.ToArray();

        await workflow.RunAsync();

        var record = await workflow.RecordAsync();
        var rejected = Assert.Single(record.Rejected!);
        Assert.Equal(RunStatus.Succeeded, record.Status);
        Assert.Equal(("bad.json", "not_json", "raw_data/rejected/bad.json.error.json"), (rejected.File, rejected.Reason, rejected.Error));
        Assert.Equal(
            $"bad.json was rejected (not_json): {rejected.Message} See raw_data/rejected/bad.json.error.json.", Assert.Single(record.Warnings!));
        var file = JsonNode.Parse(workflow.Lake.Text($"run_data/files/{Workflow.RunId}/bad.json"))!;
        Assert.Equal(("Rejected", "not_json", rejected.Message), ((string?)file["status"], (string?)file["reason"], (string?)file["message"]));
        Assert.Equal("Transformed", (string?)JsonNode.Parse(workflow.Lake.Text($"run_data/files/{Workflow.RunId}/good.json"))!["status"]);
    }

    [Fact]
    public async Task What_cannot_be_processed_again_because_nobody_can_read_it_is_a_warning()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Request = workflow.Request with { Reprocess = new ReprocessRange(null, null) };
        workflow.Lake["raw_data/processed/a\tb.json"] = "[]"u8.ToArray();

        await workflow.RunAsync();

        Assert.Equal(
            ["raw_data/processed/a\tb.json was passed over: its name holds a control character."], (await workflow.RecordAsync()).Warnings);
    }

    [Fact]
    public async Task A_run_whose_every_file_is_rejected_fails_and_is_no_good_run()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/to_process/bad.json"] = "{"u8.ToArray();

        var end = await workflow.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(["No raw file was loaded: the only one was rejected."], (await workflow.RecordAsync()).Problems);
        Assert.DoesNotContain(LakeKeys.LastGoodRun, workflow.Lake.Keys);
    }

    [Fact]
    public async Task A_run_without_raw_files_succeeds()
    {
        await using var workflow = await Workflow.StartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await workflow.RunAsync()).RuntimeStatus);
        Assert.Null((await workflow.RecordAsync()).Warnings);
    }

    [Fact]
    public async Task A_skipped_playlist_does_not_make_up_for_files_that_are_all_rejected()
    {
        await using var workflow = await Workflow.StartAsync(await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]));
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };
        await workflow.RunAsync();
        workflow.Lake["raw_data/to_process/bad.json"] = "{"u8.ToArray();

        var end = await workflow.RunAsync("second");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(PlaylistStatus.Skipped, Assert.Single((await workflow.RecordAsync("second"))!.Playlists).Status);
    }

    [Fact]
    public async Task A_playlist_whose_own_file_is_rejected_has_failed_and_the_run_with_it()
    {
        await using var workflow = await Workflow.StartAsync(await SpotifyServer.StartAsync(rows: ["null", "null", MadeUp.Row("s1").ToJsonString()]));
        workflow.Stage("good.json");
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId] };

        var end = await workflow.RunAsync();

        var record = await workflow.RecordAsync();
        var playlist = Assert.Single(record.Playlists);
        Assert.Equal((OrchestrationRuntimeStatus.Failed, PlaylistStatus.Failed), (end.RuntimeStatus, playlist.Status));
        Assert.Contains("was rejected (mostly_rejected)", playlist.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Playlist {SpotifyServer.PlaylistId}: spotify_raw_", Assert.Single(record.Problems), StringComparison.Ordinal);
        Assert.Equal(new FileCounts(1, 1, 0), record.Files);
    }

    [Fact]
    public async Task A_reprocessing_that_rejects_all_fails_likewise()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/processed/bad.json"] = "{"u8.ToArray();
        workflow.Request = workflow.Request with { Reprocess = new ReprocessRange() };

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await workflow.RunAsync()).RuntimeStatus);
    }

    [Fact]
    public async Task More_rejected_files_than_are_named_are_counted()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("good.json");
        for (var number = 0; number < BatchResult.MaxNamed + 13; number++)
        {
            workflow.Lake[$"raw_data/to_process/bad{number:D3}.json"] = "{"u8.ToArray();
        }

        await workflow.RunAsync();

        var record = await workflow.RecordAsync();
        Assert.Equal((BatchResult.MaxNamed, BatchResult.MaxNamed + 13), (record.Rejected!.Count, record.Files.Rejected));
        Assert.StartsWith("13 more raw files were rejected", record.Warnings![^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_tells_of_rows_it_does_not_hold_is_loaded_with_a_warning()
    {
        await using var workflow = await Workflow.StartAsync();
        var page = MadeUp.Page(MadeUp.Row("s1"), MadeUp.Row("s2"));
        page["total"] = 5;
        workflow.Lake["raw_data/to_process/first-page.json"] = Encoding.UTF8.GetBytes(page.ToJsonString());

        var end = await workflow.RunAsync();

        Assert.Equal(
            ["first-page.json holds rows 1-2 of 5: the playlist's other rows are not in it."], end.ReadOutputAs<RunResult>()!.Warnings);
        var file = JsonNode.Parse(workflow.Lake.Text($"run_data/files/{Workflow.RunId}/first-page.json"))!;
        Assert.Equal((5, false), ((int?)file["total"], (bool?)file["complete"]));
    }

    [Fact]
    public async Task A_second_file_of_a_name_is_loaded_beside_the_first_and_said()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("playlist.json", "s1");
        await workflow.RunAsync();
        workflow.Stage("playlist.json", "s2");
        workflow.Stage("spotify_raw_playlist.json", "s3");

        var result = (await workflow.RunAsync("second")).ReadOutputAs<RunResult>()!;

        Assert.Equal(new FileCounts(2, 0, 0), result.Files);
        Assert.Equal(2, result.Warnings!.Count(warning => warning.Contains(" was renamed to ", StringComparison.Ordinal)));
        Assert.Equal(3, workflow.Lake.Keys.Count(key => key.StartsWith(LakeKeys.Processed, StringComparison.Ordinal)));
        Assert.Equal(3, workflow.Lake.Keys.Count(key => key.StartsWith(Table.Song.Prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_renaming_that_a_kill_cut_short_goes_on_and_ends_as_if_nothing_had_been()
    {
        await using var workflow = await Workflow.StartAsync();
        foreach (var number in Enumerable.Range(0, 5))
        {
            workflow.Lake[$"raw_data/processed/f{number}.json"] = "old"u8.ToArray();
            workflow.Stage($"f{number}.json", $"s{number}");
        }

        var moves = 0;
        workflow.Lake.Before = (what, _) =>
        {
            if (what == "move" && Interlocked.Increment(ref moves) == 3)
            {
                throw new IOException("The host was killed.");
            }
        };

        var result = (await workflow.RunAsync()).ReadOutputAs<RunResult>()!;

        Assert.True(moves > 5);
        Assert.Equal(new FileCounts(5, 0, 0), result.Files);
        Assert.Equal(10, workflow.Lake.Keys.Count(key => key.StartsWith(LakeKeys.Processed, StringComparison.Ordinal)));
        Assert.DoesNotContain(workflow.Lake.Keys, key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_a_name_that_leads_to_no_tables_is_set_aside_under_another_and_stops_nobody()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("good.json");
        var (tooLong, control) = ($"{new string('x', 240)}.json", "a\u0001b.json");
        workflow.Lake[$"raw_data/to_process/{tooLong}"] = "{\"items\":[]}"u8.ToArray();
        workflow.Lake[$"raw_data/to_process/{control}"] = "{\"items\":[]}"u8.ToArray();

        var end = await workflow.RunAsync();

        var record = await workflow.RecordAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new FileCounts(1, 2, 0), record.Files);
        Assert.All(record.Rejected!, rejected =>
        {
            Assert.Equal("no_file", rejected.Reason);
            Assert.Equal("{\"items\":[]}", workflow.Lake.Text($"raw_data/rejected/{rejected.File}"));
            Assert.Contains(rejected.Error, workflow.Lake.Keys);
            Assert.True(Encoding.UTF8.GetByteCount(rejected.Error.Split('/')[^1]) <= 255, rejected.Error);
        });
        Assert.Contains(record.Warnings!, warning => warning.Contains("its name is too long", StringComparison.Ordinal));
        Assert.Contains(record.Warnings!, warning => warning.Contains("its name holds a control character", StringComparison.Ordinal));
        Assert.DoesNotContain(workflow.Lake.Keys, key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_finds_nothing_but_such_files_fails()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/to_process/a\u0001b.json"] = "{}"u8.ToArray();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await workflow.RunAsync()).RuntimeStatus);
    }

    [Fact]
    public async Task A_listing_that_is_made_again_tells_of_what_the_one_before_had_set_aside()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage("good.json");
        workflow.Lake["raw_data/to_process/a\u0001b.json"] = "{}"u8.ToArray();
        workflow.Lake["raw_data/to_process/c\u0001d.json"] = "{}"u8.ToArray();
        var listings = 0;
        workflow.Lake.Before = (what, key) =>
        {
            // The second listing is that of the renaming, after all has been set aside.
            if (what == "list" && key == LakeKeys.ToProcess && Interlocked.Increment(ref listings) == 2)
            {
                throw new IOException("The host was killed.");
            }
        };

        await workflow.RunAsync();

        var record = await workflow.RecordAsync();
        Assert.Equal(new FileCounts(1, 2, 0), record.Files);
        Assert.Equal(2, record.Warnings!.Count);
        Assert.True(listings > 2);
        Assert.Equal(4, workflow.Lake.Keys.Count(key => key.StartsWith(LakeKeys.Rejected, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_playlist_that_is_asked_for_twice_is_no_fault()
    {
        await using var workflow = await Workflow.StartAsync(await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString()]));
        workflow.Request = workflow.Request with { Playlists = [SpotifyServer.PlaylistId, SpotifyServer.PlaylistId] };

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await workflow.RunAsync()).RuntimeStatus);
    }
}
