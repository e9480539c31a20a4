using Amazon.Glue;
using Amazon.Glue.Model;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Catalog;

/// <summary>Glue's crawlers.</summary>
public sealed class GlueCrawlers(IAmazonGlue glue, IOptions<CatalogOptions> options) : ICrawlers
{
    // What a crawl of Glue's looks at is for the crawler's own settings to say.
    public Task<bool> StartAsync(string crawler, bool full, CancellationToken cancellationToken = default) => CallAsync(
        "start",
        "glue:StartCrawler",
        crawler,
        async () =>
        {
            try
            {
                await glue.StartCrawlerAsync(new StartCrawlerRequest { Name = crawler }, cancellationToken);
                return true;
            }
            catch (CrawlerRunningException)
            {
                return false;
            }
        },
        cancellationToken);

    public Task<CrawlerStatus> GetStatusAsync(string crawler, CancellationToken cancellationToken = default) => CallAsync(
        "look at",
        "glue:GetCrawler",
        crawler,
        async () =>
        {
            var answer = await glue.GetCrawlerAsync(new GetCrawlerRequest { Name = crawler }, cancellationToken);
            return new CrawlerStatus(State(answer.Crawler), answer.Crawler?.LastCrawl is { } last ? Ended(last) : null);
        },
        cancellationToken);

    // A state that is none of these is one that Glue has thought of since: wait for it to pass.
    private static CrawlerState State(Crawler? crawler) => crawler?.State?.Value switch
    {
        "READY" => CrawlerState.Ready,
        "STOPPING" => CrawlerState.Stopping,
        _ => CrawlerState.Running,
    };

    // Glue's crawl history has other words for the same ends. With any further word a crawl has not ended.
    private static LastCrawl? Ended(LastCrawlInfo last)
    {
        LastCrawlStatus? status = last.Status?.Value switch
        {
            "SUCCEEDED" or "COMPLETED" => LastCrawlStatus.Succeeded,
            "CANCELLED" or "STOPPED" => LastCrawlStatus.Cancelled,
            "FAILED" => LastCrawlStatus.Failed,
            _ => null,
        };
        return status is { } ended ? new LastCrawl(ended, last.StartTime, Reason(last)) : null;
    }

    private static string? Reason(LastCrawlInfo last) => (last.ErrorMessage, last.LogGroup) switch
    {
        (null or "", _) => null,
        (_, null or "") => last.ErrorMessage,
        _ => $"{last.ErrorMessage.TrimEnd('.')} (log {last.LogGroup}, stream {last.LogStream})",
    };

    private async Task<T> CallAsync<T>(string doing, string permission, string crawler, Func<Task<T>> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await make();
        }
        catch (EntityNotFoundException exception)
        {
            throw new PermanentEtlException(
                $"Glue has no crawler {crawler} ({exception.Message.TrimEnd('.')}). Make it, for database {options.Value.Database} "
                    + $"(functions/deploy/aws.yaml does, or aws glue create-crawler --name {crawler} …), look at AWS_REGION, or take it out of "
                    + "Catalog__Crawlers.",
                exception);
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
        {
            throw AwsFailure.Of(exception, new AwsCall($"{doing} crawler {crawler}", permission));
        }
    }
}
