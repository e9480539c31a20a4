using SpotifyEtl.Errors;

namespace SpotifyEtl.Catalog;

/// <summary>The crawlers that bring the tables' catalog entries up to date: Glue's, or the folder lake's.</summary>
public interface ICrawlers
{
    /// <summary>Starts a crawler, which then works on its own.</summary>
    /// <returns>False when it is running already.</returns>
    /// <exception cref="PermanentEtlException">There is no such crawler.</exception>
    Task<bool> StartAsync(string crawler, CancellationToken cancellationToken = default);

    /// <exception cref="PermanentEtlException">There is no such crawler.</exception>
    Task<CrawlerStatus> GetStatusAsync(string crawler, CancellationToken cancellationToken = default);
}
