using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Report;

/// <summary>A folder lake: its typed tables tell what there is, and one opening of them serves all queries.</summary>
internal sealed class FolderReportSource(FolderLake lake, MonthIndex months, DuckDbQueries queries) : IReportSource
{
    private readonly CatalogStore _catalog = new(lake);

    // With an entry that cannot be read, or rows that an earlier version loaded, the queries tell what they lack.
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        if (MonthsThatThereAre(cancellationToken).Count > 0)
        {
            return false;
        }

        var entries = await _catalog.ListAsync(cancellationToken);
        return entries.All(entry => entry.Rows == 0) && entries.Count == _catalog.Count();
    }

    public async Task<long?> CountRowsAsync(CancellationToken cancellationToken)
    {
        var rows = RowCounts.None;
        foreach (var month in MonthsThatThereAre(cancellationToken))
        {
            rows += (await months.FindAsync(month, cancellationToken))?.Rows ?? RowCounts.None;
        }

        return rows.Total;
    }

    public async Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var batch = await queries.OpenAsync(cancellationToken);
        return await ask(batch);
    }

    private HashSet<string> MonthsThatThereAre(CancellationToken cancellationToken) => Table.All
        .SelectMany(table => TypedTableFiles.Of(lake, table, cancellationToken).Months)
        .Select(file => file.Month)
        .ToHashSet(StringComparer.Ordinal);
}
