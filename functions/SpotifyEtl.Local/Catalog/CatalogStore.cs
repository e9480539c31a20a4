using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Keeps the catalog entries in the lake's folder. One that cannot be read is named in the log and counts as none: the other tables stay. An entry of a
/// large lake takes a while to read; as long as its files are in memory, and the last crawl is still that one, it is not read again.
/// </summary>
internal sealed class CatalogStore(FolderLake lake, ILogger? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly ConcurrentDictionary<Table, WeakReference<CatalogEntry>> _held = [];

    /// <summary>The table's entry, or null when it was never crawled, or its entry cannot be read.</summary>
    public async Task<CatalogEntry?> FindAsync(Table table, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(table, cancellationToken);
        }
        catch (PermanentEtlException exception)
        {
            CatalogLog.EntryLeftOut(_logger, exception.Message);
            return null;
        }
    }

    /// <summary>The table's entry, or null when it was never crawled.</summary>
    /// <exception cref="PermanentEtlException">The entry cannot be read; the message says what to do.</exception>
    public async Task<CatalogEntry?> ReadAsync(Table table, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindHeldAsync(table, cancellationToken) is { } held)
            {
                return held;
            }

            var entry = await DeserializeAsync(table, CatalogJson.Default.CatalogEntry, cancellationToken);
            if (entry is not null)
            {
                Hold(table, entry.IsOf(table) ? entry : throw new JsonException("It is no entry of that table."));
            }

            return entry;
        }
        catch (JsonException exception)
        {
            throw new PermanentEtlException(
                $"The catalog entry {KeyOf(table)} in the lake ({lake.Root}) cannot be read: {RecordFault.Of(exception)}. {table.CatalogName} is left out "
                    + "until its crawler writes the entry anew: start a run.",
                exception);
        }
    }

    /// <summary>How the table's last crawl ended, or null when it was never crawled, or its entry cannot be read.</summary>
    public async Task<LastCrawl?> FindLastCrawlAsync(Table table, CancellationToken cancellationToken)
    {
        try
        {
            return (await DeserializeAsync(table, CatalogJson.Default.CatalogHead, cancellationToken))?.LastCrawl;
        }
        catch (Exception exception) when (exception is JsonException or PermanentEtlException)
        {
            return null;
        }
    }

    /// <summary>The entries that there are and can be read, one of an earlier version with the columns that the table has now.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> ListAsync(CancellationToken cancellationToken)
    {
        List<CatalogEntry> entries = [];
        foreach (var table in Table.Crawled)
        {
            entries.AddRange(await FindCompleteAsync(table, cancellationToken) is { } entry ? [entry] : []);
        }

        return entries;
    }

    /// <summary>The table's entry, one of an earlier version with the columns that the table has now; null: there is none that can be read.</summary>
    public async Task<CatalogEntry?> FindCompleteAsync(Table table, CancellationToken cancellationToken) =>
        await FindAsync(table, cancellationToken) switch
        {
            { } entry when table.Columns.Take(entry.Columns.Count).SequenceEqual(entry.Columns, StringComparer.Ordinal) => Complete(entry, table),
            var entry => entry,
        };

    private static CatalogEntry Complete(CatalogEntry entry, Table table) => entry with
    {
        Columns = table.Columns,
        Files = entry.Columns.Count == table.Columns.Count
            ? entry.Files
            : [.. entry.Files.Select(file => file with { Columns = file.Columns ?? entry.Columns.Count })],
    };

    /// <summary>How many entries there are, be they readable or not.</summary>
    public int Count() => Table.Crawled.Count(table => File.Exists(PathOf(table)));

    public async Task SaveAsync(Table table, CatalogEntry entry, CancellationToken cancellationToken)
    {
        await using var writer = await lake.CreateAsync(KeyOf(table), cancellationToken);
        await JsonSerializer.SerializeAsync(writer.Stream, entry, CatalogJson.Default.CatalogEntry, cancellationToken);
        await writer.CommitAsync(cancellationToken);
        Hold(table, entry);
    }

    // No two crawls of a table start at the same time, in whichever process.
    private async Task<CatalogEntry?> FindHeldAsync(Table table, CancellationToken cancellationToken) =>
        _held.TryGetValue(table, out var held)
        && held.TryGetTarget(out var entry)
        && entry.LastCrawl.StartTime is { } start
        && (await FindLastCrawlAsync(table, cancellationToken))?.StartTime == start
            ? entry
            : null;

    private void Hold(Table table, CatalogEntry entry) => _held[table] = new WeakReference<CatalogEntry>(entry);

    private async Task<T?> DeserializeAsync<T>(Table table, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(KeyOf(table), cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken) ?? throw new JsonException("It is no entry.");
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(Table table) => Path.Combine(lake.Root, ".catalog", table.CatalogName + ".json");

    private static string KeyOf(Table table) => $".catalog/{table.CatalogName}.json";
}
