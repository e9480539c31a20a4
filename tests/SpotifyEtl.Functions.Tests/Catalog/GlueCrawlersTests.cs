using Amazon.Glue;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Aws;

namespace SpotifyEtl.Functions.Tests.Catalog;

public sealed class GlueCrawlersTests : IAsyncLifetime
{
    private const string Crawler = "spotify_album_crawler";

    private AwsServer _server = null!;
    private IAmazonGlue _glue = null!;
    private GlueCrawlers _crawlers = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AwsServer.StartAsync();
        _glue = _server.GlueClient();
        _crawlers = new GlueCrawlers(_glue, Options.Create(new CatalogOptions()));
    }

    public ValueTask DisposeAsync()
    {
        _glue.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_crawl_is_started_and_followed_through_its_states_to_its_end()
    {
        _server.Glue.Create(Crawler);

        Assert.Equal(new CrawlerStatus(SpotifyEtl.Catalog.CrawlerState.Ready, null), await _crawlers.GetStatusAsync(Crawler, Cancellation));
        Assert.True(await _crawlers.StartAsync(Crawler, full: false, Cancellation));
        List<SpotifyEtl.Catalog.CrawlerState> states = [];
        CrawlerStatus status;
        do
        {
            status = await _crawlers.GetStatusAsync(Crawler, Cancellation);
            states.Add(status.State);
        }
        while (status.LastCrawl is null);

        Assert.Equal(
            [
                SpotifyEtl.Catalog.CrawlerState.Ready,
                SpotifyEtl.Catalog.CrawlerState.Running,
                SpotifyEtl.Catalog.CrawlerState.Running,
                SpotifyEtl.Catalog.CrawlerState.Stopping
            ],
            states);
        Assert.Equal(
            new LastCrawl(SpotifyEtl.Catalog.LastCrawlStatus.Succeeded, DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_001_250), null), status.LastCrawl);
    }

    [Fact]
    public async Task A_crawler_that_runs_already_is_not_started()
    {
        _server.Glue.Create(Crawler).TryStart();

        Assert.False(await _crawlers.StartAsync(Crawler, full: false, Cancellation));
    }

    [Theory]
    [InlineData("FAILED", SpotifyEtl.Catalog.LastCrawlStatus.Failed)]
    [InlineData("CANCELLED", SpotifyEtl.Catalog.LastCrawlStatus.Cancelled)]
    public async Task A_crawl_that_ends_badly_tells_why_and_where_its_log_is(string outcome, SpotifyEtl.Catalog.LastCrawlStatus expected)
    {
        var crawler = _server.Glue.Create(Crawler);
        crawler.Outcome = outcome;
        crawler.ErrorMessage = "Insufficient Lake Formation permission(s).";
        crawler.States = ["READY"];
        crawler.TryStart();

        var status = await _crawlers.GetStatusAsync(Crawler, Cancellation);

        Assert.Equal(expected, status.LastCrawl?.Status);
        Assert.Equal($"Insufficient Lake Formation permission(s) (log /aws-glue/crawlers, stream {Crawler})", status.LastCrawl?.ErrorMessage);
    }

    [Fact]
    public async Task A_crawler_that_is_not_there_is_named_with_how_to_make_it()
    {
        var start = await Assert.ThrowsAsync<PermanentEtlException>(() => _crawlers.StartAsync(Crawler, full: false, Cancellation));
        var look = await Assert.ThrowsAsync<PermanentEtlException>(() => _crawlers.GetStatusAsync(Crawler, Cancellation));

        Assert.All([start.Message, look.Message], message =>
        {
            Assert.Contains($"Glue has no crawler {Crawler}", message, StringComparison.Ordinal);
            Assert.Contains("aws glue create-crawler", message, StringComparison.Ordinal);
            Assert.Contains("spotify_database", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_refusal_names_the_crawler_and_the_permission()
    {
        _server.Faults = _ => Fault.Error(400, "AccessDeniedException", "User is not authorized to perform: glue:StartCrawler");

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _crawlers.StartAsync(Crawler, full: false, Cancellation));

        Assert.Contains($"start crawler {Crawler}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AccessDeniedException", failure.Message, StringComparison.Ordinal);
        Assert.Contains("permission glue:StartCrawler", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "ThrottlingException")]
    [InlineData(500, "InternalServiceException")]
    [InlineData(400, "OperationTimeoutException")]
    [InlineData(503, "")]
    public async Task What_may_pass_is_told_as_such(int status, string code)
    {
        _server.Faults = _ => Fault.Error(status, code, "Rate exceeded");

        await Assert.ThrowsAsync<TransientEtlException>(() => _crawlers.GetStatusAsync(Crawler, Cancellation));
    }
}
