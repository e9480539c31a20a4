namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>A table or a view that SQL may ask.</summary>
/// <param name="Name">The name by which SQL knows it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Description">What it holds, in a sentence.</param>
/// <param name="Columns">Its columns, in order.</param>
public sealed record LakeTable(string Name, LakeTableKind Kind, string Description, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>Whether its rows lie in files. Those of the others are computed when they are asked for.</summary>
    public bool IsStored => Kind is LakeTableKind.Typed or LakeTableKind.Csv or LakeTableKind.Records;

    /// <summary>The column that tells when a row was extracted; null: none does.</summary>
    public string? ExtractionColumn => Columns.FirstOrDefault(column => column.Name == "extracted_at")?.Name;
}

/// <summary>A column of a table, with Athena's name of its type.</summary>
public sealed record LakeColumn(string Name, string Type);

/// <summary>What a table is, in the order in which they are listed.</summary>
public enum LakeTableKind
{
    /// <summary>A typed table.</summary>
    Typed,

    /// <summary>A view of the newest rows of a typed table.</summary>
    Latest,

    /// <summary>A named query as a view.</summary>
    Query,

    /// <summary>A table as it is in CSV, all text.</summary>
    Csv,

    /// <summary>The records that runs leave.</summary>
    Records,
}
