using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Report;

/// <summary>A folder lake: its catalog tells what there is, and one opening of the tables serves all queries.</summary>
internal sealed class FolderReportSource(FolderLake lake, DuckDbQueries queries) : IReportSource
{
    private readonly CatalogStore _catalog = new(lake);

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await _catalog.FindAsync(Table.Song, cancellationToken) is not { Rows: > 0 }
        && await _catalog.FindAsync(Table.Rejected, cancellationToken) is not { Rows: > 0 };

    public async Task<int?> CountFilesAsync(CancellationToken cancellationToken) => await _catalog.CountFilesAsync(cancellationToken);

    public async Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var batch = await queries.OpenAsync(cancellationToken);
        return await ask(batch);
    }
}
