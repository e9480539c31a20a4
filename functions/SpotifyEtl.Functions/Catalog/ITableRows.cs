using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>What the catalog's tables really hold, to be compared with what a run wrote.</summary>
public interface ITableRows
{
    /// <summary>The rows that <paramref name="table"/> shows for the raw files named by <paramref name="stems"/>, as of its last crawl.</summary>
    Task<long> CountAsync(Table table, IReadOnlySet<string> stems, CancellationToken cancellationToken = default);

    /// <summary>The rows of a month that the typed table of <paramref name="table"/> shows; null: the catalog has no such table.</summary>
    Task<long?> CountMonthAsync(Table table, string month, CancellationToken cancellationToken = default);
}
