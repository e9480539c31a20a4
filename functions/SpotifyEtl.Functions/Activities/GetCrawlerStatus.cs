using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Activities;

/// <summary>Looks what a crawler does.</summary>
public sealed class GetCrawlerStatus(ICrawlers crawlers)
{
    [Function(nameof(GetCrawlerStatus))]
    public Task<CrawlerStatus> RunAsync([ActivityTrigger] string crawler, CancellationToken cancellationToken) =>
        crawlers.GetStatusAsync(crawler, cancellationToken);
}
