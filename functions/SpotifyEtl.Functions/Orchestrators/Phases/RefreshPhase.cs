using Microsoft.DurableTask;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Refreshes the crawlers, side by side. One that fails stops no other.</summary>
internal static class RefreshPhase
{
    public static async Task<CrawlerResult[]> RunAsync(TaskOrchestrationContext context, RunRequest request)
    {
        PhaseProgress progress = new(context, RunPhase.Crawl, request.Crawlers.Count);
        var log = context.CreateReplaySafeLogger(typeof(RunEtl));
        return await Task.WhenAll(request.Crawlers.Select(async crawler =>
        {
            var result = await RefreshAsync(
                context, new RefreshCrawlerRequest(crawler, request.CrawlerTimeout) { Full = request.Reprocess is not null });
            progress.Add(failed: result.Status is CrawlStatus.Failed);
            RunLog.CrawlerEnded(log, context.InstanceId, crawler, result.Status);
            return result;
        }));
    }

    /// <summary>What crawlers that have succeeded say.</summary>
    public static IEnumerable<string> WarningsOf(IEnumerable<CrawlerResult> crawlers) => crawlers
        .Where(crawler => crawler is { Status: CrawlStatus.Succeeded, Message: not null })
        .Select(crawler => $"Crawler {crawler.Name}: {crawler.Message}");

    private static async Task<CrawlerResult> RefreshAsync(TaskOrchestrationContext context, RefreshCrawlerRequest request)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<CrawlerResult>(
                nameof(RefreshCrawler), request, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:crawl:{request.Crawler}"));
        }
        catch (TaskFailedException failure)
        {
            return new CrawlerResult(request.Crawler, CrawlStatus.Failed, failure.Reason);
        }
    }
}
