namespace SpotifyEtl.Catalog;

/// <summary>What a crawler does now and how its last crawl ended. Until a started crawl has ended, <paramref name="LastCrawl"/> is the one before.</summary>
public sealed record CrawlerStatus(CrawlerState State, LastCrawl? LastCrawl);

/// <summary>Glue's crawler states.</summary>
public enum CrawlerState
{
    Ready,
    Running,
    Stopping,
}

/// <summary>A crawl that ended.</summary>
public sealed record LastCrawl(LastCrawlStatus Status, DateTimeOffset? StartTime, string? ErrorMessage);

/// <summary>Glue's outcomes of a crawl.</summary>
public enum LastCrawlStatus
{
    Succeeded,
    Cancelled,
    Failed,
}
