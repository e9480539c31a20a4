using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The crawler of one table. It runs in the background, at most one crawl at a time. A crawl that the process's end cut short begins again
/// in the next process that looks at the crawler: whoever started it may rely on its end. A crawl brings the entry up to date with the files that
/// changed since the last one that succeeded, or, where that is not known or it is asked for, with all of them.
/// </summary>
internal sealed class FolderCrawler(FolderLake lake, Table table, CatalogStore store, TimeProvider time, ILogger? logger = null)
{
    // Of the files that cannot be read.
    private const int MostNamed = 3;

    private static readonly TimeSpan s_leastStep = TimeSpan.FromMilliseconds(1);

    private readonly TableFiles _files = new(lake, table);
    private readonly TableChanges _changes = lake.Changes.Of(table);
    private readonly CrawlMark _mark = new(lake, table);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly Lock _gate = new();
    private Task _crawl = Task.CompletedTask;
    private bool _running;
    private bool _lastIsKnown;
    private LastCrawl? _last;

    /// <summary>Starts a crawl, unless one is running.</summary>
    public async Task<bool> TryStartAsync(bool full, CancellationToken stop, CancellationToken cancellationToken)
    {
        if (full)
        {
            await _changes.AskForAllAsync(cancellationToken);
        }

        return TryStart(stop);
    }

    public async Task<CrawlerStatus> GetStatusAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        if (!_lastIsKnown)
        {
            Learn(await store.FindLastCrawlAsync(table, cancellationToken));
            if (_mark.IsThere)
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

    private bool TryStart(CancellationToken stop)
    {
        lock (_gate)
        {
            if (_running)
            {
                return false;
            }

            _mark.Leave();
            _running = true;
            _crawl = Task.Run(() => CrawlAsync(stop), CancellationToken.None);
            return true;
        }
    }

    private async Task CrawlAsync(CancellationToken stop)
    {
        var asked = time.GetUtcNow();
        try
        {
            LastCrawl crawl;

            // One at a time in all processes, as each goes on from the entry that the one before has saved.
            await using (await FolderUpdateLock.TakeAsync(lake.Root, "crawl", table.CatalogName, stop))
            {
                crawl = await CrawlInTurnAsync(asked, stop);
                _mark.TakeAway();
            }

            End(crawl);
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
            End(Failed(asked, exception));
        }
    }

    // The order is what makes it safe to be killed anywhere: the marks are there until the entry is saved that has their changes, and where a crawl fails,
    // for the next one.
    private async Task<LastCrawl> CrawlInTurnAsync(DateTimeOffset start, CancellationToken stop)
    {
        try
        {
            var previous = await FindPreviousAsync(stop);
            Learn(previous?.LastCrawl);
            start = After(previous?.LastCrawl.StartTime, After(_last?.StartTime, start));
            _mark.TakeOver();
            var changes = await _changes.ClaimAsync(stop);
            var entry = Scan(previous, changes, start, stop);
            await store.SaveAsync(table, entry, stop);
            if (entry.LastCrawl.Status is LastCrawlStatus.Succeeded)
            {
                changes.Forget();
            }

            return entry.LastCrawl;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return Failed(start, exception);
        }
    }

    // An entry that cannot be read counts as none, and the crawl writes it anew: there is nothing to tell.
    private async Task<CatalogEntry?> FindPreviousAsync(CancellationToken stop)
    {
        try
        {
            return await store.ReadAsync(table, stop);
        }
        catch (PermanentEtlException)
        {
            return null;
        }
    }

    private CatalogEntry Scan(CatalogEntry? previous, ClaimedChanges changes, DateTimeOffset start, CancellationToken stop)
    {
        try
        {
            var known = previous is not null && previous.Columns.SequenceEqual(table.Columns, StringComparer.Ordinal) ? previous : null;
            TableScan scan = new(_files, table, start);
            var changed = changes.Names.Union(known?.Unreadable ?? [], StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            var files = known is { CanAdvance: true } && !changes.All
                ? scan.Changed(known.Files, changed, stop)
                : scan.All(known?.Files ?? [], changed, stop);
            CatalogLog.Crawled(_logger, table.CatalogName, scan.Looks, files.Count);
            return new CatalogEntry(
                table.CatalogName, table.Columns, files.Sum(file => file.Rows), files, new LastCrawl(LastCrawlStatus.Succeeded, start, Warning(scan)))
            {
                CanAdvance = true,
                Unreadable = scan.Unreadable.Count > 0 ? [.. scan.Unreadable.Keys] : null,
            };
        }
        catch (EtlException exception)
        {
            var crawl = Failed(start, exception);
            return previous is null ? CatalogEntry.Empty(table, crawl) : previous with { LastCrawl = crawl };
        }
    }

    private static string? Warning(TableScan scan) => scan.Unreadable.Count switch
    {
        0 => null,
        1 => $"A file is left out: {scan.Unreadable.Values.First()}",
        var count => $"{count} files are left out: {string.Join(' ', scan.Unreadable.Values.Take(MostNamed))}{(count > MostNamed ? " …" : "")}",
    };

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
        }
    }

    private static LastCrawl Failed(DateTimeOffset start, Exception exception) => new(LastCrawlStatus.Failed, start, exception.Message);

    private static DateTimeOffset After(DateTimeOffset? earlier, DateTimeOffset start) => earlier >= start ? earlier.Value + s_leastStep : start;
}
