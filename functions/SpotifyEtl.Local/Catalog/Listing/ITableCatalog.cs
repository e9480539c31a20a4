namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>The tables and views that SQL may ask, and what is known of them and of a query before anything is asked.</summary>
public interface ITableCatalog
{
    /// <summary>Whether a question costs money.</summary>
    bool IsPaid { get; }

    /// <summary>The tables and views, in the order in which they are listed.</summary>
    Task<IReadOnlyList<LakeTable>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What is known of the tables, by name, from the ends of their files and from records: no table is read for it.</summary>
    Task<IReadOnlyDictionary<string, TableFigures>> LookAsync(CancellationToken cancellationToken);

    /// <summary>What limits a query before it is asked; null: nothing but this machine.</summary>
    Task<QueryLimit?> FindLimitAsync(CancellationToken cancellationToken);
}

/// <summary>What limits a query.</summary>
/// <param name="WorkGroup">The Athena work group that it is asked in.</param>
/// <param name="ScannedBytes">The most bytes that it may read before it is cancelled; null: there is no limit.</param>
public sealed record QueryLimit(string WorkGroup, long? ScannedBytes)
{
    /// <summary>Why the limit is not known; null: it is.</summary>
    public string? Problem { get; init; }
}
