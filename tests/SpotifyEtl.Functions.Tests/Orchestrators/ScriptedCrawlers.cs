using System.Collections.Concurrent;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>Crawlers that do as they are told: each status in turn, the last one again and again.</summary>
internal sealed class ScriptedCrawlers : ICrawlers
{
    private static readonly DateTimeOffset s_firstCrawl = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, Queue<CrawlerStatus>> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _crawls = new(StringComparer.Ordinal);

    /// <summary>What was asked, in order: "start NAME", "start NAME full" and "status NAME".</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers a start; by default a crawl begins.</summary>
    public Func<string, bool> Starting { get; set; } = _ => true;

    /// <summary>A crawl that began so many hours after the first.</summary>
    public static LastCrawl Crawl(int hours, LastCrawlStatus status = LastCrawlStatus.Succeeded, string? message = null) =>
        new(status, s_firstCrawl.AddHours(hours), message);

    public ScriptedCrawlers Script(string crawler, params CrawlerStatus[] statuses)
    {
        _scripts[crawler] = new Queue<CrawlerStatus>(statuses);
        return this;
    }

    public Task<bool> StartAsync(string crawler, bool full, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue($"start {crawler}{(full ? " full" : "")}");
        var started = Starting(crawler);
        if (started)
        {
            _crawls.AddOrUpdate(crawler, 1, (_, crawls) => crawls + 1);
        }

        return Task.FromResult(started);
    }

    public Task<CrawlerStatus> GetStatusAsync(string crawler, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue($"status {crawler}");
        if (!_scripts.TryGetValue(crawler, out var script))
        {
            return Task.FromResult(new CrawlerStatus(CrawlerState.Ready, Crawl(_crawls.GetValueOrDefault(crawler))));
        }

        lock (script)
        {
            return Task.FromResult(script.Count > 1 ? script.Dequeue() : script.Peek());
        }
    }
}
