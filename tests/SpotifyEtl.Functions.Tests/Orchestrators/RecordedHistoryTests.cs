using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>
/// Today's orchestrators replay what those of each version did, so that runs in flight survive an upgrade. The histories are in
/// Histories/v{defaultVersion of host.json}/; a change that does not fit them needs a new version and a branch on it, not a new recording.
/// </summary>
public sealed class RecordedHistoryTests
{
    public static TheoryData<string> Recordings =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Orchestrators", "Histories");

    [Theory]
    [MemberData(nameof(Recordings))]
    public void An_orchestrator_replays_a_recorded_history(string recording)
    {
        var history = RecordedHistory.Parse(File.ReadAllText(Path.Combine(Folder, recording)));

        history.Replay();
    }

    [Fact]
    public void Every_orchestrator_has_a_recorded_history() => Assert.Equal(
        RecordedHistory.Orchestrators.Order(StringComparer.Ordinal),
        Recordings.Select(row => RecordedHistory.Parse(File.ReadAllText(Path.Combine(Folder, row.Data))).Orchestrator)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void The_version_of_the_orchestrators_is_the_newest_that_has_recorded_histories()
    {
        var hostJson = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;
        var versions = Directory.GetDirectories(Folder).Select(folder => Version.Parse(Path.GetFileName(folder).TrimStart('v')));

        Assert.Equal((string)hostJson["extensions"]!["durableTask"]!["defaultVersion"]!, $"{versions.Max()}");
    }

    [Fact]
    public void A_recorded_history_refuses_an_orchestrator_that_does_something_else()
    {
        var history = RecordedHistory.Parse(File.ReadAllText(Path.Combine(Folder, "v1.0", "process-files.json")));

        var refusal = Assert.Throws<InvalidOperationException>(() => history.Replay(nameof(RefreshCrawler)));

        Assert.Contains("named 'TransformFile'", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// What the orchestrators do today they can replay. With the environment variable HISTORIES set to a folder, such as that of a new
    /// release, the histories are kept there.
    /// </summary>
    [Fact]
    public async Task What_the_orchestrators_do_today_they_replay()
    {
        await using var workflow = await Workflow.StartAsync(
            await SpotifyServer.StartAsync(rows: [MadeUp.Row("s1").ToJsonString(), MadeUp.Row("s2").ToJsonString()]));
        workflow.Request = workflow.Request with
        {
            Playlists = [SpotifyServer.PlaylistId, "5hRz0PqVt2mXk9wYc7LbNb"],
            Crawlers = ["good", "bad"],
            VerifyTables = true,
        };
        workflow.Stage("waiting.json", "s3");
        workflow.Lake["raw_data/to_process/broken.json"] = "{"u8.ToArray();
        workflow.Crawlers.Script(
            "bad",
            new CrawlerStatus(CrawlerState.Running, ScriptedCrawlers.Crawl(1)),
            new CrawlerStatus(CrawlerState.Ready, ScriptedCrawlers.Crawl(2)),
            new CrawlerStatus(CrawlerState.Running, ScriptedCrawlers.Crawl(2)),
            new CrawlerStatus(CrawlerState.Ready, ScriptedCrawlers.Crawl(3, LastCrawlStatus.Failed, "no access")));
        await workflow.RunAsync();
        workflow.Lake["raw_data/processed/refused.json"] = "{"u8.ToArray();
        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl),
            workflow.Request with { Playlists = [], Crawlers = ["good"], VerifyTables = false, Reprocess = new ReprocessRange() },
            new StartOrchestrationOptions("again"),
            TestContext.Current.CancellationToken);
        await workflow.EndAsync("again");

        foreach (var (instance, file) in new[]
        {
            ("again", "run-etl-reprocessing.json"), ("again:files-1", "process-files-again.json"),
            (Workflow.RunId, "run-etl-failing.json"),
            ($"{Workflow.RunId}:files-1", "process-files.json"),
            ($"{Workflow.RunId}:crawl:bad", "refresh-crawler-failing.json"),
        })
        {
            var history = await workflow.HistoryOfAsync(instance);
            history.Replay();
            if (Environment.GetEnvironmentVariable("HISTORIES") is { } folder)
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(Path.Combine(folder, file), history.ToJson(), TestContext.Current.CancellationToken);
            }
        }
    }
}
