using Microsoft.DurableTask.Client;
using SpotifyEtl.Catalog;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

public sealed class RefreshCrawlerTests
{
    private static readonly CrawlerStatus s_old = new(CrawlerState.Ready, ScriptedCrawlers.Crawl(1));
    private static readonly CrawlerStatus s_running = new(CrawlerState.Running, ScriptedCrawlers.Crawl(1));

    [Fact]
    public async Task A_crawler_is_started_and_waited_for()
    {
        var (result, asked) = await RefreshAsync(
            s_old, s_running, new(CrawlerState.Stopping, ScriptedCrawlers.Crawl(1)), new(CrawlerState.Ready, ScriptedCrawlers.Crawl(2)));

        Assert.Equal(new CrawlerResult("c", CrawlStatus.Succeeded, null), result);
        Assert.Equal(["status c", "start c", "status c", "status c", "status c"], asked);
    }

    [Fact]
    public async Task A_crawler_that_never_ran_before_is_started_and_waited_for()
    {
        var (result, _) = await RefreshAsync(
            new CrawlerStatus(CrawlerState.Ready, null), new(CrawlerState.Running, null), new(CrawlerState.Ready, ScriptedCrawlers.Crawl(1)));

        Assert.Equal(CrawlStatus.Succeeded, result.Status);
    }

    [Theory]
    [InlineData(false, "start c")]
    [InlineData(true, "start c full")]
    public async Task A_full_crawl_is_started_where_one_is_asked_for(bool full, string start)
    {
        await using var workflow = await Workflow.StartAsync();

        await workflow.RunAsync(nameof(RefreshCrawler), new RefreshCrawlerRequest("c", TimeSpan.FromMinutes(30)) { Full = full });

        Assert.Equal(["status c", start, "status c"], workflow.Crawlers.Asked);
    }

    [Fact]
    public async Task A_crawl_that_runs_already_is_waited_for_and_another_is_started()
    {
        var (result, asked) = await RefreshAsync(
            s_running,
            s_running,
            new(CrawlerState.Ready, ScriptedCrawlers.Crawl(2)),
            new(CrawlerState.Running, ScriptedCrawlers.Crawl(2)),
            new(CrawlerState.Ready, ScriptedCrawlers.Crawl(3)));

        Assert.Equal(CrawlStatus.Succeeded, result.Status);
        Assert.Equal(["status c", "status c", "status c", "start c", "status c", "status c"], asked);
    }

    [Fact]
    public async Task READY_with_the_crawl_from_before_the_start_is_not_taken_for_its_end()
    {
        var (result, asked) = await RefreshAsync(s_old, s_old, s_old, s_running, new(CrawlerState.Ready, ScriptedCrawlers.Crawl(2)));

        Assert.Equal(CrawlStatus.Succeeded, result.Status);
        Assert.Equal(1, asked.Count(what => what == "start c"));
    }

    [Fact]
    public async Task A_start_that_somebody_else_was_faster_with_is_made_again_when_their_crawl_has_ended()
    {
        var starts = 0;
        var (result, asked) = await RefreshAsync(
            crawlers => crawlers.Starting = _ => ++starts > 1,
            s_old,
            s_running,
            new(CrawlerState.Ready, ScriptedCrawlers.Crawl(2)),
            new(CrawlerState.Running, ScriptedCrawlers.Crawl(2)),
            new(CrawlerState.Ready, ScriptedCrawlers.Crawl(3)));

        Assert.Equal(CrawlStatus.Succeeded, result.Status);
        Assert.Equal(["status c", "start c", "status c", "status c", "start c", "status c", "status c"], asked);
    }

    [Theory]
    [InlineData(LastCrawlStatus.Failed, "its crawl failed: no access to the folder")]
    [InlineData(LastCrawlStatus.Cancelled, "its crawl was cancelled: no access to the folder")]
    public async Task A_crawl_that_did_not_succeed_is_a_failure_with_its_message(LastCrawlStatus status, string message)
    {
        var (result, _) = await RefreshAsync(s_old, new CrawlerStatus(CrawlerState.Ready, ScriptedCrawlers.Crawl(2, status, "no access to the folder")));

        Assert.Equal(new CrawlerResult("c", CrawlStatus.Failed, message), result);
    }

    [Fact]
    public async Task A_crawl_that_does_not_end_in_time_is_a_failure()
    {
        var (result, asked) = await RefreshAsync(s_old, s_running);

        Assert.Equal(
            new CrawlerResult("c", CrawlStatus.Failed, "was still Running after 00:30:00. Look at the crawler's log, or allow more with Catalog__Timeout."),
            result);
        Assert.InRange(asked.Count, 30, 90);
    }

    [Fact]
    public async Task A_night_in_which_nobody_waited_is_not_counted()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Crawlers.Script("c", s_old, s_running, new CrawlerStatus(CrawlerState.Ready, ScriptedCrawlers.Crawl(2))).Starting = _ =>
        {
            workflow.Clock.Advance(TimeSpan.FromHours(8));
            return true;
        };

        var end = await workflow.RunAsync(nameof(RefreshCrawler), new RefreshCrawlerRequest("c", TimeSpan.FromMinutes(30)));

        Assert.Equal(new CrawlerResult("c", CrawlStatus.Succeeded, null), end.ReadOutputAs<CrawlerResult>());
    }

    [Fact]
    public async Task A_start_that_leaves_no_trace_is_made_again()
    {
        var (result, asked) = await RefreshAsync(s_old);

        Assert.Equal(CrawlStatus.Failed, result.Status);
        Assert.InRange(asked.Count(what => what == "start c"), 15, 31);
    }

    [Fact]
    public async Task A_crawler_that_fails_fails_the_run_at_its_end_and_the_others_are_refreshed()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Request = workflow.Request with { Crawlers = ["good", "bad"] };
        workflow.Crawlers.Script("bad", s_old, new CrawlerStatus(CrawlerState.Ready, ScriptedCrawlers.Crawl(2, LastCrawlStatus.Failed, "broken")));

        var end = await workflow.RunAsync();

        Assert.Equal("SpotifyEtl.Errors.PermanentEtlException: Run run failed: Crawler bad: its crawl failed: broken", end.SerializedOutput);
        Assert.Equal([CrawlStatus.Succeeded, CrawlStatus.Failed], (await workflow.RecordAsync()).Crawlers.Select(crawler => crawler.Status));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
    }

    private static Task<(CrawlerResult Result, IReadOnlyList<string> Asked)> RefreshAsync(params CrawlerStatus[] statuses) => RefreshAsync(_ => { }, statuses);

    private static async Task<(CrawlerResult Result, IReadOnlyList<string> Asked)> RefreshAsync(
        Action<ScriptedCrawlers> configure, params CrawlerStatus[] statuses)
    {
        await using var workflow = await Workflow.StartAsync();
        configure(workflow.Crawlers.Script("c", statuses));

        var end = await workflow.RunAsync(nameof(RefreshCrawler), new RefreshCrawlerRequest("c", TimeSpan.FromMinutes(30)));

        return (end.ReadOutputAs<CrawlerResult>()!, [.. workflow.Crawlers.Asked]);
    }
}
