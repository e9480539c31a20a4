using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;

namespace SpotifyEtl.Local.Catalog;

/// <summary>What a session of DuckDB is opened with.</summary>
/// <param name="Database">The name by which SQL may qualify the tables.</param>
/// <param name="Entries">The tables in CSV.</param>
/// <param name="TypedTables">The typed tables.</param>
/// <param name="Latest">The views of their newest rows.</param>
/// <param name="Queries">The named queries that are views.</param>
/// <param name="Records">The records that are tables.</param>
/// <param name="MemoryMegabytes">The most memory that DuckDB keeps before it goes to the disk; null: as DuckDB has it, most of the machine's.</param>
internal sealed record SessionContents(
    string Database,
    IReadOnlyList<CatalogEntry> Entries,
    IReadOnlyList<TypedTableFiles> TypedTables,
    IReadOnlyList<LatestView> Latest,
    IReadOnlyList<NamedQuery> Queries,
    IReadOnlyList<FilledRecordTable> Records,
    int? MemoryMegabytes)
{
    /// <summary>
    /// Whether what several named queries are made of is computed once, and kept: the newest rows, and how the snapshots of playlists are ordered. Named
    /// queries are asked without <see cref="NamedQueries.SnapshotsPart"/> then.
    /// </summary>
    public bool KeepsShared { get; init; }

    /// <summary>Whether rows tell which file they are of: "$path".</summary>
    public bool AsksHidden { get; init; }
}
