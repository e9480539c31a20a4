using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.AthenaSql.Syntax;
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
    // What named queries may take: it comes on top of what their process has. More is put on the disk, for as long as it is needed. What DuckDB cannot
    // put there gets more memory after all.
    private const int NamedMegabytes = 128;

    private readonly CatalogStore _catalog = new(lake, (loggers ?? NullLoggerFactory.Instance).CreateLogger<CatalogStore>());
    private readonly RunRecords _records = new(new LakeRecords(lake, (loggers ?? NullLoggerFactory.Instance).CreateLogger<LakeRecords>()));

    /// <inheritdoc />
    /// <exception cref="PermanentEtlException">
    /// There is no catalog yet, the statement does more than read, or DuckDB refuses it. Reading the rows may throw it too.
    /// </exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        var statement = StatementParser.Parse(sql);
        if (!NamedQueries.All.Any(query => query.Sql == sql))
        {
            return await OpenAndQueryAsync(statement, memoryMegabytes: null, cancellationToken);
        }

        try
        {
            return await OpenAndQueryAsync(statement, NamedMegabytes, cancellationToken);
        }
        catch (PermanentEtlException exception) when (DuckDbSession.IsOfMemory(exception))
        {
            return await OpenAndQueryAsync(statement, memoryMegabytes: null, cancellationToken);
        }
    }

    /// <summary>
    /// Opens the typed tables once, as they are now, for named queries that are asked one after another: most of a small query's time is the opening, and
    /// most of a large one's is what others ask for too.
    /// </summary>
    internal async Task<QueryBatch> OpenAsync(CancellationToken cancellationToken)
    {
        return new QueryBatch(await OpenAsync(NamedMegabytes), () => OpenAsync(memoryMegabytes: null));

        Task<DuckDbSession> OpenAsync(int? memoryMegabytes) =>
            OpenSessionAsync(LakeViews.OfNamedQueries, memoryMegabytes, cancellationToken, keepsShared: true);
    }

    private async Task<QueryResult> OpenAndQueryAsync(Statement statement, int? memoryMegabytes, CancellationToken cancellationToken)
    {
        var session = await OpenSessionAsync(LakeViews.For(statement), memoryMegabytes, cancellationToken);
        try
        {
            return await QueryAsync(session, statement, session, begins: memoryMegabytes is not null, cancellationToken);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <param name="session">Where it is asked.</param>
    /// <param name="statement">The query.</param>
    /// <param name="end">Disposed of when the rows were read to the end or left; null: nothing.</param>
    /// <param name="begins">Whether it is answered up to its first rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private static async Task<QueryResult> QueryAsync(
        DuckDbSession session, Statement statement, IDisposable? end, bool begins, CancellationToken cancellationToken)
    {
        var running = await Task.Run(() => RunningQuery.Start(session, statement, end, cancellationToken), cancellationToken);
        try
        {
            if (begins)
            {
                await running.BeginAsync(cancellationToken);
            }

            return new QueryResult(running.Columns, new RowsOnce(running, cancellationToken));
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    private async Task<DuckDbSession> OpenSessionAsync(
        LakeViews views, int? memoryMegabytes, CancellationToken cancellationToken, bool keepsShared = false)
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
        SessionContents contents = new(database, entries, typed, views.Latest, views.Queries, records, memoryMegabytes)
        {
            KeepsShared = keepsShared,
            AsksHidden = views.AsksHidden,
        };
        return await Task.Run(() => DuckDbSession.Open(lake, contents, cancellationToken), cancellationToken);
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
    internal sealed class QueryBatch(DuckDbSession session, Func<Task<DuckDbSession>> openWithoutLimit) : IQueries, IDisposable
    {
        private DuckDbSession _session = session;

        public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default)
        {
            var asked = StatementParser.Parse(SharedRelations.Without(sql));
            try
            {
                return await DuckDbQueries.QueryAsync(_session, asked, end: null, begins: true, cancellationToken);
            }
            catch (PermanentEtlException exception) when (DuckDbSession.IsOfMemory(exception))
            {
                var wider = await openWithoutLimit();
                _session.Dispose();
                _session = wider;
                return await DuckDbQueries.QueryAsync(_session, asked, end: null, begins: true, cancellationToken);
            }
        }

        public void Dispose() => _session.Dispose();
    }
}
