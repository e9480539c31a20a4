namespace SpotifyEtl.Runs;

/// <summary>What became of one crawler.</summary>
public sealed record CrawlerResult(string Name, CrawlStatus Status, string? Message);

/// <summary>How the crawl that a run asked for ended.</summary>
public enum CrawlStatus
{
    Succeeded,
    Failed,
}
