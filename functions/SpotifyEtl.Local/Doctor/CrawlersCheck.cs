using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether each crawler that a run refreshes is there, and how it is.</summary>
internal static class CrawlersCheck
{
    private const string Name = "crawler";

    public static async IAsyncEnumerable<Finding> RunAsync(IServiceProvider services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var crawlers = services.GetRequiredService<ICrawlers>();
        var names = services.GetRequiredService<IOptions<CatalogOptions>>().Value.CrawlerNames;
        if (names.Count == 0)
        {
            yield return Finding.Warning(Name, "Catalog__Crawlers is empty: runs write files, and no table shows them.", "Leave it unset for the crawlers of all tables.");
        }

        foreach (var crawler in names)
        {
            yield return await LookAsync(crawlers, crawler, cancellationToken);
        }
    }

    private static async Task<Finding> LookAsync(ICrawlers crawlers, string crawler, CancellationToken cancellationToken)
    {
        try
        {
            var status = await crawlers.GetStatusAsync(crawler, cancellationToken);
            var state = status.State.ToString().ToLowerInvariant();
            return status.LastCrawl switch
            {
                null => Finding.Ok(Name, $"{crawler} is {state}; it has not crawled yet."),
                { Status: LastCrawlStatus.Succeeded } last => Finding.Ok(Name, $"{crawler} is {state}; its last crawl{Time(last)} succeeded."),
                { } last => Finding.Warning(
                    Name,
                    $"{crawler} is {state}; its last crawl{Time(last)} {(last.Status is LastCrawlStatus.Failed ? "failed" : "was cancelled")}{(last.ErrorMessage is { } reason ? $": {reason}" : ".")}",
                    "The next run starts it again; what keeps it from its work must be settled before."),
            };
        }
        catch (EtlException exception)
        {
            return Finding.Failed(Name, exception);
        }
    }

    private static string Time(LastCrawl last) => last.StartTime is { } start ? $" of {start.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "";
}
