using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether each crawler that a run refreshes is there, and how it is.</summary>
internal sealed class CrawlersCheck(ICrawlers crawlers, IOptions<CatalogOptions> catalog) : IDoctorCheck
{
    private const string Name = "crawler";

    public string Group => "catalog";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = catalog.Value.CrawlerNames;
        if (names.Count == 0)
        {
            yield return Finding.Warning(
                Name, "Catalog__Crawlers is empty: runs write files, and no table shows them.", "Leave it unset for the crawlers of all tables.");
        }

        foreach (var crawler in names)
        {
            yield return await LookAsync(crawler, cancellationToken);
        }
    }

    private async Task<Finding> LookAsync(string crawler, CancellationToken cancellationToken)
    {
        try
        {
            var status = await crawlers.GetStatusAsync(crawler, cancellationToken);
            var state = status.State.ToString().ToLowerInvariant();
            return status.LastCrawl switch
            {
                null => Finding.Ok(Name, $"{crawler} is {state}; it has not crawled yet."),
                { Status: LastCrawlStatus.Succeeded, ErrorMessage: { } warning } last => Finding.Warning(
                    Name, $"{crawler} is {state}; its last crawl{Time(last)} succeeded. {warning}", "Every run tells of it until that is done."),
                { Status: LastCrawlStatus.Succeeded } last => Finding.Ok(Name, $"{crawler} is {state}; its last crawl{Time(last)} succeeded."),
                { } last => Finding.Warning(
                    Name,
                    $"{crawler} is {state}; its last crawl{Time(last)} {End(last)}",
                    "The next run starts it again; what keeps it from its work must be settled before."),
            };
        }
        catch (EtlException exception)
        {
            return Finding.Failed(Name, exception);
        }
    }

    private static string End(LastCrawl last) =>
        (last.Status is LastCrawlStatus.Failed ? "failed" : "was cancelled") + (last.ErrorMessage is { } reason ? $": {reason}" : ".");

    private static string Time(LastCrawl last) => last.StartTime is { } start ? $" of {start.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "";
}
