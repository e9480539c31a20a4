using Microsoft.Extensions.Logging;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The crawlers of a folder lake, one a table. They work as Glue's do: a crawl runs in the background, its entry in the catalog changes all
/// at once when it ends, and each crawl's start time is greater than that of the one before, in whichever process that ran. A crawl looks at
/// the files that changed since the one before, or at all of them. Disposing stops the crawls that are running; the next process takes them up.
/// </summary>
public sealed class FolderCrawlers : ICrawlers, ITableRows, IAsyncDisposable
{
    private readonly FolderLake _lake;
    private readonly CatalogStore _store;
    private readonly Dictionary<string, FolderCrawler> _crawlers;
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    public FolderCrawlers(FolderLake lake, TimeProvider time, ILogger<FolderCrawlers>? logger = null)
    {
        _lake = lake;
        _store = new CatalogStore(lake, logger);
        _crawlers = Table.Crawled.ToDictionary(CatalogOptions.CrawlerOf, table => new FolderCrawler(lake, table, _store, time, logger), StringComparer.Ordinal);
    }

    public Task<bool> StartAsync(string crawler, bool full, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Find(crawler).TryStartAsync(full, _stop.Token, cancellationToken);
    }

    public Task<CrawlerStatus> GetStatusAsync(string crawler, CancellationToken cancellationToken = default) =>
        Find(crawler).GetStatusAsync(_stop.Token, cancellationToken);

    public async Task<long> CountAsync(Table table, IReadOnlySet<string> stems, CancellationToken cancellationToken = default)
    {
        if (!table.IsCrawled)
        {
            var files = new TableFiles(_lake, table);
            return stems.Sum(stem => files.CountRows(table.KeyFor(stem), cancellationToken) ?? 0);
        }

        var entry = await _store.FindAsync(table, cancellationToken);
        return entry?.Files.Where(file => table.StemOf(table.Prefix + file.Name) is { } stem && stems.Contains(stem)).Sum(file => file.Rows) ?? 0;
    }

    public async Task<long?> CountMonthAsync(Table table, string month, CancellationToken cancellationToken = default)
    {
        var key = table.TypedKeyFor(month);
        await using var file = _lake.OpenSeekable(key);
        return file is null ? 0 : (await MonthFooter.ReadAsync(key, file, cancellationToken)).Rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_crawlers.Values.Select(crawler => crawler.WaitAsync()));
        _stop.Dispose();
    }

    private FolderCrawler Find(string crawler) =>
        _crawlers.TryGetValue(crawler, out var found)
            ? found
            : throw new PermanentEtlException(
                $"There is no crawler '{crawler}' on a folder lake. Name in Catalog__Crawlers only these: {string.Join(", ", _crawlers.Keys)}.");
}
