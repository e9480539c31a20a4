using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Answers Athena's SQL over a folder lake with DuckDB, which sees the tables as their last crawl left them. Every query has a database of
/// its own in memory: it waits for no lock and changes nothing. Its resources are freed when the rows were read to the end or left.
/// </summary>
/// <param name="database">The Glue database's name, by which SQL may qualify the tables (Catalog__Database).</param>
public sealed class DuckDbQueries(FolderLake lake, string database = "spotify_database") : IQueries
{
    private readonly CatalogStore _catalog = new(lake);

    /// <inheritdoc />
    /// <exception cref="PermanentEtlException">
    /// There is no catalog yet, the statement does more than read, or DuckDB refuses it. Reading the rows may throw it too.
    /// </exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        var entries = await EntriesAsync(cancellationToken);
        var session = await Task.Run(() => DuckDbSession.Open(lake, database, entries, sql), cancellationToken);
        try
        {
            var running = await Task.Run(() => RunningQuery.Start(session, sql, cancellationToken), cancellationToken);
            return new QueryResult(running.Columns, new RowsOnce(running, cancellationToken));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<IReadOnlyList<CatalogEntry>> EntriesAsync(CancellationToken cancellationToken)
    {
        var entries = new List<CatalogEntry>();
        foreach (var table in Table.All)
        {
            if (await _catalog.FindAsync(table, cancellationToken) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries.Count > 0
            ? entries
            : throw new PermanentEtlException(
                $"The lake {lake.Root} has no catalog yet: nothing was loaded into it. Run the pipeline first (spotify-etl run), or name another lake with --lake.");
    }
}
