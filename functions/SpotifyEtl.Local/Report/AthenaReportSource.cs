using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Report;

/// <summary>A lake on S3: Athena tells by itself when there are no tables, and takes money for every question.</summary>
internal sealed class AthenaReportSource(IQueries queries) : IReportSource
{
    public Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<long?> CountRowsAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken) => ask(queries);
}
