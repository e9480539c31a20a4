using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Catalog;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators;

/// <summary>
/// Brings one crawler's table up to date. A crawl that runs already may have missed the new files, so it is waited for and another
/// started; and since READY may still be the state from before the start, a crawl counts as ended only when its start time is a new one.
/// </summary>
public static class RefreshCrawler
{
    private static readonly TimeSpan s_firstPoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromSeconds(30);

    // A start that shows no sign of itself for this long is taken for lost and made again.
    private static readonly TimeSpan s_startVisible = TimeSpan.FromMinutes(1);

    [Function(nameof(RefreshCrawler))]
    public static async Task<CrawlerResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RefreshCrawlerRequest>() ?? throw new ArgumentException("RefreshCrawler needs a RefreshCrawlerRequest as its input.");
        var result = await RefreshAsync(context, request);
        context.SetCustomStatus(EndedStatus.Of(result));
        return result;
    }

    private static async Task<CrawlerResult> RefreshAsync(TaskOrchestrationContext context, RefreshCrawlerRequest request)
    {
        var before = await StatusAsync(context, request);
        var started = false;
        var (startedAt, startedAfter) = (context.CurrentUtcDateTime, TimeSpan.Zero);
        var wait = s_firstPoll;

        // What is waited, and not what the clock says: it may be set, or the host be down for a night.
        var waited = TimeSpan.Zero;
        for (var status = before; ; status = await StatusAsync(context, request))
        {
            if (status.State is CrawlerState.Ready && started && status.LastCrawl is { } crawl && crawl.StartTime != before.LastCrawl?.StartTime)
            {
                return Outcome(request, crawl);
            }

            if (status.State is CrawlerState.Ready
                && (!started || waited - startedAfter >= s_startVisible || context.CurrentUtcDateTime - startedAt >= s_startVisible))
            {
                before = status;
                (startedAt, startedAfter) = (context.CurrentUtcDateTime, waited);
                started = await context.CallActivityAsync<bool>(
                    nameof(StartCrawler), new StartCrawlerRequest(request.Crawler, request.Full), StepRetries.Of(context, $"Crawler {request.Crawler}"));
                wait = s_firstPoll;
            }

            if (waited >= request.Timeout)
            {
                return new CrawlerResult(
                    request.Crawler,
                    CrawlStatus.Failed,
                    $"was still {status.State} after {request.Timeout}. Look at the crawler's log, or allow more with Catalog__Timeout.");
            }

            await context.CreateTimer(wait, CancellationToken.None);
            waited += wait;
            wait = wait * 2 < s_longestPoll ? wait * 2 : s_longestPoll;
        }
    }

    private static Task<CrawlerStatus> StatusAsync(TaskOrchestrationContext context, RefreshCrawlerRequest request) =>
        context.CallActivityAsync<CrawlerStatus>(nameof(GetCrawlerStatus), request.Crawler, StepRetries.Of(context, $"Crawler {request.Crawler}"));

    private static CrawlerResult Outcome(RefreshCrawlerRequest request, LastCrawl crawl) => crawl.Status is LastCrawlStatus.Succeeded
        ? new CrawlerResult(request.Crawler, CrawlStatus.Succeeded, crawl.ErrorMessage)
        : new CrawlerResult(
            request.Crawler,
            CrawlStatus.Failed,
            $"its crawl {(crawl.Status is LastCrawlStatus.Failed ? "failed" : "was cancelled")}: {crawl.ErrorMessage ?? "no reason given"}");
}

/// <summary>The crawler to refresh and the longest wait for it.</summary>
public sealed record RefreshCrawlerRequest(string Crawler, TimeSpan Timeout)
{
    /// <summary>Whether the crawl is to look at all files, and not just at those that changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Full { get; init; }
}
