using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Glue's crawlers, whose states go on by one with every look at them, and its partitions.</summary>
internal sealed class GlueService
{
    private readonly ConcurrentDictionary<string, FakeCrawler> _crawlers = new(StringComparer.Ordinal);

    /// <summary>The crawls that were started, by crawler.</summary>
    public ConcurrentQueue<string> Started { get; } = [];

    public GluePartitions Partitions { get; } = new();

    public FakeCrawler this[string name] => _crawlers[name];

    public FakeCrawler Create(string name) => _crawlers.GetOrAdd(name, static _ => new FakeCrawler());

    public async Task AnswerAsync(HttpContext context, AwsRequest request)
    {
        var asked = await JsonAnswer.ReadAsync(context);
        if (request.Operation == "BatchCreatePartition")
        {
            await Partitions.AnswerAsync(context, asked);
            return;
        }

        var name = (string?)asked["Name"] ?? "";
        if (!_crawlers.TryGetValue(name, out var crawler))
        {
            await JsonAnswer.ErrorAsync(context, 400, "EntityNotFoundException", $"Crawler with name {name} does not exist");
            return;
        }

        if (request.Operation == "GetCrawler")
        {
            await JsonAnswer.WriteAsync(context, new JsonObject { ["Crawler"] = crawler.Look(name) });
        }
        else if (crawler.TryStart())
        {
            Started.Enqueue(name);
            await JsonAnswer.WriteAsync(context, []);
        }
        else
        {
            await JsonAnswer.ErrorAsync(context, 400, "CrawlerRunningException", $"Crawler with name {name} has already started");
        }
    }
}

/// <summary>One crawler.</summary>
internal sealed class FakeCrawler
{
    private readonly Lock _lock = new();
    private Queue<string> _states = [];
    private int _crawls;

    /// <summary>What each look shows after a start, until the crawl has ended; the first may still be the state before it.</summary>
    public string[] States { get; set; } = ["READY", "RUNNING", "RUNNING", "STOPPING"];

    public string Outcome { get; set; } = "SUCCEEDED";

    public string? ErrorMessage { get; set; }

    /// <summary>Lets a crawl run that somebody else started.</summary>
    public bool TryStart()
    {
        lock (_lock)
        {
            if (_states.Count > 0)
            {
                return false;
            }

            _states = new Queue<string>(States);
            return true;
        }
    }

    public JsonObject Look(string name)
    {
        lock (_lock)
        {
            var state = "READY";
            if (_states.Count > 0)
            {
                state = _states.Dequeue();
                _crawls += _states.Count == 0 ? 1 : 0;
            }

            JsonObject crawler = new() { ["Name"] = name, ["State"] = state, ["DatabaseName"] = "spotify_database" };
            if (_crawls > 0)
            {
                crawler["LastCrawl"] = new JsonObject
                {
                    ["Status"] = Outcome,
                    ["StartTime"] = 1_790_000_000.25 + _crawls,
                    [nameof(ErrorMessage)] = ErrorMessage,
                    ["LogGroup"] = "/aws-glue/crawlers",
                    ["LogStream"] = name,
                };
            }

            return crawler;
        }
    }
}
