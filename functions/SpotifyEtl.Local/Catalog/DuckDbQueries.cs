using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Answers Athena's SQL over a folder lake with DuckDB, which sees the tables as their last crawl left them. Every query has a database of
/// its own in memory, or shares one with those that are asked together: it waits for no lock and changes nothing. Its resources are freed
/// when the rows were read to the end or left.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="database">The Glue database's name, by which SQL may qualify the tables (Catalog__Database).</param>
/// <param name="loggers">Where is told what cannot be read and is left out; null: nowhere.</param>
public sealed class DuckDbQueries(FolderLake lake, string database = "spotify_database", ILoggerFactory? loggers = null) : IQueries
{
    // What a batch of queries, as the report's, may take: it comes on top of what its process has. More is put on the disk, for as long as it is needed.
    private const int BatchMegabytes = 160;

    private readonly CatalogStore _catalog = new(lake, (loggers ?? NullLoggerFactory.Instance).CreateLogger<CatalogStore>());
    private readonly RunRecords _records = new(new LakeRecords(lake, (loggers ?? NullLoggerFactory.Instance).CreateLogger<LakeRecords>()));

    /// <inheritdoc />
    /// <exception cref="PermanentEtlException">
    /// There is no catalog yet, the statement does more than read, or DuckDB refuses it. Reading the rows may throw it too.
    /// </exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        var session = await OpenSessionAsync(LakeViews.For(sql), memoryMegabytes: null, cancellationToken);
        try
        {
            return await QueryAsync(session, sql, session, cancellationToken);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the typed tables once, as they are now, for named queries that are asked one after another: most of a small query's time is the opening.
    /// </summary>
    internal async Task<QueryBatch> OpenAsync(CancellationToken cancellationToken) =>
        new(await OpenSessionAsync(LakeViews.OfNamedQueries, BatchMegabytes, cancellationToken));

    /// <param name="end">Disposed of when the rows were read to the end or left; null: nothing.</param>
    private static async Task<QueryResult> QueryAsync(DuckDbSession session, string sql, IDisposable? end, CancellationToken cancellationToken)
    {
        var running = await Task.Run(() => RunningQuery.Start(session, sql, end, cancellationToken), cancellationToken);
        return new QueryResult(running.Columns, new RowsOnce(running, cancellationToken));
    }

    private async Task<DuckDbSession> OpenSessionAsync(LakeViews views, int? memoryMegabytes, CancellationToken cancellationToken)
    {
        CheckThatThereAreTables();
        List<CatalogEntry> entries = [];
        foreach (var table in views.CsvTables)
        {
            entries.AddRange(await EntryAsync(table, cancellationToken) is { } entry ? [entry] : []);
        }

        List<FilledRecordTable> records = [];
        foreach (var table in views.Records)
        {
            records.Add(new FilledRecordTable(table, await table.Read(_records, cancellationToken).ToListAsync(cancellationToken)));
        }

        var typed = await FindTypedAsync(views.TypedTables, cancellationToken);
        return await Task.Run(
            () => DuckDbSession.Open(
                lake, new SessionContents(database, entries, typed, views.Latest, views.Queries, records, memoryMegabytes), cancellationToken),
            cancellationToken);
    }

    private async Task<IReadOnlyList<TypedTableFiles>> FindTypedAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        List<TypedTableFiles> found = [.. tables.Select(table => TypedTableFiles.Of(lake, table, cancellationToken))];
        if (found.Count > 0 && !HasTypedTables && (await _catalog.ListAsync(cancellationToken)).Any(entry => entry.Rows > 0))
        {
            throw new PermanentEtlException(
                $"The lake {lake.Root} was loaded by an earlier version and has no typed tables yet. Build them once: spotify-etl reprocess --months.");
        }

        return found;
    }

    private bool HasTypedTables => Directory.Exists(lake.PathOf(LakeKeys.Analytics.TrimEnd('/')));

    private async Task<CatalogEntry?> EntryAsync(Table table, CancellationToken cancellationToken) => table.IsCrawled
        ? await _catalog.FindCompleteAsync(table, cancellationToken)
        : new TableFiles(lake, table).ToEntry(cancellationToken);

    private void CheckThatThereAreTables()
    {
        if (_catalog.Count() == 0 && !HasTypedTables)
        {
            throw new PermanentEtlException(
                $"The lake {lake.Root} has no catalog yet: nothing was loaded into it. Run the pipeline first (spotify-etl run), or name another lake "
                    + "with --lake.");
        }
    }

    /// <summary>Queries over one opening of the tables. The rows of one are read to the end, or left, before the next is asked.</summary>
    internal sealed class QueryBatch(DuckDbSession session) : IQueries, IDisposable
    {
        public Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default) =>
            DuckDbQueries.QueryAsync(session, sql, end: null, cancellationToken);

        public void Dispose() => session.Dispose();
    }
}
