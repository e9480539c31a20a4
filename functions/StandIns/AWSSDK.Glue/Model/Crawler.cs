namespace Amazon.Glue.Model;

public class Crawler
{
    public long? CrawlElapsedTime { get; set; }

    public string? DatabaseName { get; set; }

    public LastCrawlInfo? LastCrawl { get; set; }

    public string? Name { get; set; }

    public CrawlerState? State { get; set; }
}
