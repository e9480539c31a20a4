namespace SpotifyEtl.Local.Catalog;

/// <summary>How much the catalog shows, by which it is told what a look at all of it would cost.</summary>
/// <param name="Files">The raw files whose rows it shows.</param>
/// <param name="Rows">The rows of all tables.</param>
internal sealed record CatalogSize(int Files, long Rows)
{
    public static CatalogSize Of(IReadOnlyList<CatalogEntry> entries) =>
        new(entries.Select(entry => entry.Files.Count).DefaultIfEmpty(0).Max(), entries.Sum(entry => entry.Rows));

    /// <summary>Whether this is no more than another.</summary>
    public bool FitsIn(CatalogSize most) => Files <= most.Files && Rows <= most.Rows;
}
