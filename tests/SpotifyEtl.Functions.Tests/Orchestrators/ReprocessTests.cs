using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Lake;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

public sealed class ReprocessTests
{
    private const string May = "spotify_raw_p_20240515T060000Z.json";
    private const string June = "spotify_raw_p_20240605T235959Z.json";

    [Fact]
    public async Task Unchanged_rules_change_no_byte_and_move_nothing()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage(May, "s1");
        workflow.Stage("foreign.json", "s2");
        await workflow.RunAsync();
        var before = Contents(workflow);
        workflow.Stage("waiting.json", "s3");
        before.Add("raw_data/to_process/waiting.json", workflow.Lake.Text("raw_data/to_process/waiting.json"));

        var result = await ReprocessAsync(workflow, new ReprocessRange());

        Assert.Equal(before, Contents(workflow));
        Assert.Equal(new FileCounts(2, 0, 0), result.Files);
        Assert.Equal(2, result.Rows[Table.Song]);
        Assert.Equal(new ReprocessRange(), result.Reprocess);
    }

    [Fact]
    public async Task Tables_that_are_gone_or_other_than_the_rules_say_are_made_again()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage(May, "s1");
        await workflow.RunAsync();
        var right = Contents(workflow);
        await workflow.Lake.DeleteAsync("transformed_data/song_data/song_transformed_p_20240515T060000Z.csv", TestContext.Current.CancellationToken);
        workflow.Lake["transformed_data/album_data/album_transformed_p_20240515T060000Z.csv"] = "old rules"u8.ToArray();
        workflow.Lake["transformed_data/rejected_data/rejected_transformed_p_20240515T060000Z.csv"] = "old rules"u8.ToArray();

        await ReprocessAsync(workflow, new ReprocessRange());

        Assert.Equal(right, Contents(workflow));
    }

    [Fact]
    public async Task The_crawlers_look_at_all_files_of_their_tables()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Request = workflow.Request with { Crawlers = ["a", "b"] };
        workflow.Stage(May, "s1");
        await workflow.RunAsync();
        Assert.Equal(["start a", "start b"], Starts(workflow));
        workflow.Crawlers.Asked.Clear();

        await ReprocessAsync(workflow, new ReprocessRange());

        Assert.Equal(["start a full", "start b full"], Starts(workflow));
    }

    [Theory]
    [InlineData("2024-05-15", "2024-06-05", 2)]
    [InlineData("2024-05-16", null, 1)]
    [InlineData(null, "2024-06-04", 1)]
    [InlineData("2024-05-16", "2024-06-04", 0)]
    [InlineData(null, null, 3)]
    public async Task Only_files_extracted_on_the_days_asked_for_are_transformed(string? from, string? to, int expected)
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Stage(May, "s1");
        workflow.Stage(June, "s2");
        workflow.Stage("foreign.json", "s3");
        await workflow.RunAsync();

        var result = await ReprocessAsync(workflow, new ReprocessRange(Day(from), Day(to)));

        Assert.Equal(new FileCounts(expected, 0, 0), result.Files);

        static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task More_files_than_a_page_holds_are_all_transformed_once()
    {
        await using var workflow = await Workflow.StartAsync();
        foreach (var number in Enumerable.Range(0, 1001))
        {
            workflow.Lake[$"raw_data/processed/f{number:0000}.json"] = "{\"items\":[]}"u8.ToArray();
        }

        var result = await ReprocessAsync(workflow, new ReprocessRange());

        Assert.Equal(new FileCounts(1001, 0, 0), result.Files);
        Assert.Equal(1001, workflow.Lake.Keys.Count(key => key.StartsWith($"{LakeKeys.Files}again/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_now_refused_is_set_aside_with_its_tables_gone_and_its_playlist_no_longer_loaded()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake[$"raw_data/processed/{May}"] = "{"u8.ToArray();
        workflow.Lake["transformed_data/song_data/song_transformed_p_20240515T060000Z.csv"] = "old rules"u8.ToArray();
        workflow.Lake["run_data/playlists/p.json"] = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"playlistId":"p","snapshotId":"n","extractedAt":"2024-05-15T06:00:00Z","rawKey":"raw_data/processed/{{May}}"}""");
        workflow.Lake["run_data/playlists/q.json"] = "other"u8.ToArray();
        workflow.Lake["raw_data/processed/good.json"] = "{\"items\":[]}"u8.ToArray();

        var result = await ReprocessAsync(workflow, new ReprocessRange());

        Assert.Equal(new FileCounts(1, 1, 0), result.Files);
        Assert.Equal(
            [
                Table.Snapshot.TypedKeyFor("unknown"), "raw_data/processed/good.json", $"raw_data/rejected/{May}", $"raw_data/rejected/{May}.error.json",
                Table.Snapshot.KeyFor("good"),
            ],
            Contents(workflow).Keys);
        Assert.Equal(["run_data/playlists/q.json"], workflow.Lake.Keys.Where(key => key.StartsWith(LakeKeys.Playlists, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_it_did_replays()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/processed/a.json"] = "{\"items\":[]}"u8.ToArray();
        workflow.Lake["raw_data/processed/b.json"] = "{"u8.ToArray();

        await ReprocessAsync(workflow, new ReprocessRange());

        (await workflow.HistoryOfAsync("again")).Replay();
        (await workflow.HistoryOfAsync("again:files-1")).Replay();
    }

    private static IEnumerable<string> Starts(Workflow workflow) =>
        workflow.Crawlers.Asked.Where(what => what.StartsWith("start", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<RunResult> ReprocessAsync(Workflow workflow, ReprocessRange range)
    {
        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl), workflow.Request with { Reprocess = range }, new StartOrchestrationOptions("again"), TestContext.Current.CancellationToken);
        var end = await workflow.EndAsync("again");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        return end.ReadOutputAs<RunResult>()!;
    }

    private static SortedDictionary<string, string> Contents(Workflow workflow) => new(
        workflow.Lake.Keys.Where(key => !key.StartsWith("run_data/", StringComparison.Ordinal))
            .ToDictionary(key => key, workflow.Lake.Text), StringComparer.Ordinal);
}
