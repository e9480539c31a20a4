using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Activities;

/// <summary>Starts a crawler. False: it was running already, and may have missed what is new.</summary>
public sealed class StartCrawler(ICrawlers crawlers)
{
    [Function(nameof(StartCrawler))]
    public Task<bool> RunAsync([ActivityTrigger] string crawler, CancellationToken cancellationToken) => crawlers.StartAsync(crawler, cancellationToken);
}
