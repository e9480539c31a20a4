using SpotifyEtl.Local.Catalog;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A crawled lake without rows, shared by the tests that only evaluate expressions.</summary>
public sealed class CrawledLake : IAsyncLifetime
{
    private readonly LakeFixture _lake = new();

    public CrawledLake() => Queries = new DuckDbQueries(_lake.Lake);

    internal DuckDbQueries Queries { get; }

    public async ValueTask InitializeAsync() => await _lake.CrawlAsync();

    public ValueTask DisposeAsync()
    {
        _lake.Dispose();
        return ValueTask.CompletedTask;
    }
}
