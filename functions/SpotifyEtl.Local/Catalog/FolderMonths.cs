using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>The months of a folder lake, which have nothing to be registered with: DuckDB looks at the folders themselves.</summary>
internal sealed class FolderMonths : ICatalogMonths
{
    public Task<IReadOnlyList<string>> RegisterAsync(string month, IReadOnlyCollection<Table> tables, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);
}
