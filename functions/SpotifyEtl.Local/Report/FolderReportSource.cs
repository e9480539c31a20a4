using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Report;

/// <summary>A folder lake: its catalog tells what there is, and one opening of the tables serves all queries.</summary>
internal sealed class FolderReportSource(FolderLake lake, DuckDbQueries queries) : IReportSource
{
    private readonly CatalogStore _catalog = new(lake);

    // With an entry that cannot be read, nobody knows: the queries tell what they lack.
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        var entries = await _catalog.ListAsync(cancellationToken);
        return entries.All(entry => entry.Rows == 0) && entries.Count == _catalog.Count();
    }

    public async Task<CatalogSize?> SizeAsync(CancellationToken cancellationToken) => CatalogSize.Of(await _catalog.ListAsync(cancellationToken));

    public async Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var batch = await queries.OpenAsync(cancellationToken);
        return await ask(batch);
    }
}
