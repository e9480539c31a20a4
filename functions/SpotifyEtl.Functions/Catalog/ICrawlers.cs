using SpotifyEtl.Errors;

namespace SpotifyEtl.Catalog;

/// <summary>The crawlers that bring the tables' catalog entries up to date: Glue's, or the folder lake's.</summary>
public interface ICrawlers
{
    /// <summary>Starts a crawler, which then works on its own.</summary>
    /// <param name="crawler">Its name.</param>
    /// <param name="full">Whether it is to look at all files, also where it knows which have changed.</param>
    /// <param name="cancellationToken">Stops the start, not the crawl.</param>
    /// <returns>False when it is running already.</returns>
    /// <exception cref="PermanentEtlException">There is no such crawler.</exception>
    Task<bool> StartAsync(string crawler, bool full, CancellationToken cancellationToken = default);

    /// <exception cref="PermanentEtlException">There is no such crawler.</exception>
    Task<CrawlerStatus> GetStatusAsync(string crawler, CancellationToken cancellationToken = default);
}
