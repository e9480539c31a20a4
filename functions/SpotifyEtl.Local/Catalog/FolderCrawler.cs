using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The crawler of one table. It runs in the background, at most one crawl at a time. A crawl that the process's end cut short begins again
/// in the next process that looks at the crawler: whoever started it may rely on its end.
/// </summary>
internal sealed class FolderCrawler(FolderLake lake, Table table, TimeProvider time)
{
    private static readonly TimeSpan s_leastStep = TimeSpan.FromMilliseconds(1);

    // An entry that cannot be read counts as none, and the crawl writes it anew: there is nothing to tell.
    private readonly CatalogStore _store = new(lake);
    private readonly Lock _gate = new();
    private Task _crawl = Task.CompletedTask;
    private bool _running;
    private bool _lastIsKnown;
    private LastCrawl? _last;

    /// <summary>Starts a crawl, unless one is running.</summary>
    public bool TryStart(CancellationToken stop)
    {
        lock (_gate)
        {
            if (_running)
            {
                return false;
            }

            _store.MarkCrawling(table);
            _running = true;
            _crawl = Task.Run(() => CrawlAsync(stop), CancellationToken.None);
            return true;
        }
    }

    public async Task<CrawlerStatus> GetStatusAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        if (!_lastIsKnown)
        {
            Learn((await _store.FindAsync(table, cancellationToken))?.LastCrawl);
            if (_store.IsMarkedCrawling(table))
            {
                TryStart(stop);
            }
        }

        lock (_gate)
        {
            return new CrawlerStatus(_running ? CrawlerState.Running : CrawlerState.Ready, _last);
        }
    }

    /// <summary>Waits for the crawl that is running, if any.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            return _crawl;
        }
    }

    private async Task CrawlAsync(CancellationToken stop)
    {
        var start = time.GetUtcNow();
        try
        {
            var previous = await _store.FindAsync(table, stop);
            Learn(previous?.LastCrawl);
            start = After(previous?.LastCrawl.StartTime, After(_last?.StartTime, start));
            var entry = Scan(previous, start, stop);
            await _store.SaveAsync(table, entry, stop);
            End(entry.LastCrawl);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process ends: as after a kill, the crawl is left to the next one.
            lock (_gate)
            {
                _running = false;
            }
        }
        catch (Exception exception)
        {
            End(Failed(start, exception));
        }
    }

    private CatalogEntry Scan(CatalogEntry? previous, DateTimeOffset start, CancellationToken stop)
    {
        try
        {
            var known = previous is not null && previous.Columns.SequenceEqual(table.Columns, StringComparer.Ordinal) ? previous.Files : [];
            var files = new TableScan(lake, table).Run(known, start, stop);
            return new CatalogEntry(
                table.CatalogName, table.Columns, files.Sum(file => file.Rows), files, new LastCrawl(LastCrawlStatus.Succeeded, start, null));
        }
        catch (EtlException exception)
        {
            var crawl = Failed(start, exception);
            return previous is null ? CatalogEntry.Empty(table, crawl) : previous with { LastCrawl = crawl };
        }
    }

    /// <summary>Takes the last crawl from the entry, once: from then on it is the one that this process ended.</summary>
    private void Learn(LastCrawl? stored)
    {
        lock (_gate)
        {
            _last = _lastIsKnown ? _last : stored;
            _lastIsKnown = true;
        }
    }

    private void End(LastCrawl? crawl)
    {
        lock (_gate)
        {
            _last = crawl;
            _running = false;
            _store.UnmarkCrawling(table);
        }
    }

    private static LastCrawl Failed(DateTimeOffset start, Exception exception) => new(LastCrawlStatus.Failed, start, exception.Message);

    private static DateTimeOffset After(DateTimeOffset? earlier, DateTimeOffset start) => earlier >= start ? earlier.Value + s_leastStep : start;
}
