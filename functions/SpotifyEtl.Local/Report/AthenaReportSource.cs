using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;

namespace SpotifyEtl.Local.Report;

/// <summary>A lake on S3: Athena tells by itself when there are no tables, and takes money for every question.</summary>
internal sealed class AthenaReportSource(IQueries queries) : IReportSource
{
    public Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<CatalogSize?> SizeAsync(CancellationToken cancellationToken) => Task.FromResult<CatalogSize?>(null);

    public Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken) => ask(queries);
}
