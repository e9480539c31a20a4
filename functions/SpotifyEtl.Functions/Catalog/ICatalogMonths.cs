using SpotifyEtl.Errors;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>The months that the catalog knows of the typed tables: Glue's partitions, or the folders of a folder lake.</summary>
public interface ICatalogMonths
{
    /// <summary>Makes a month of these typed tables known to the catalog. One that is known already stays as it is.</summary>
    /// <returns>A sentence for what could not be made known since the catalog lacks it, or keeps it from us; none: all is known.</returns>
    /// <exception cref="TransientEtlException">It may pass, and the step can be repeated.</exception>
    Task<IReadOnlyList<string>> RegisterAsync(string month, IReadOnlyCollection<Table> tables, CancellationToken cancellationToken);
}
