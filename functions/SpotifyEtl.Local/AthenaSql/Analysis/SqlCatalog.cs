using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The tables and views that statements may speak of.</summary>
/// <param name="Database">The database's name.</param>
/// <param name="Tables">What is in it, by name.</param>
/// <param name="Names">The names of all that there is, to suggest one.</param>
internal sealed record SqlCatalog(string Database, IReadOnlyDictionary<string, CatalogTable> Tables, IReadOnlyList<string> Names)
{
    /// <summary>The catalog's name in Athena.</summary>
    public const string Name = "AwsDataCatalog";
}

/// <summary>A table or view.</summary>
internal sealed record CatalogTable(string Name, IReadOnlyList<CatalogColumn> Columns)
{
    public bool IsView { get; init; }

    /// <summary>The typed table beside, where this is one in CSV, in which all is text.</summary>
    public string? TypedName { get; init; }

    /// <summary>The columns that say in which folder a row stands.</summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];
}

/// <summary>A column. Hidden ones, as "$path", are there for who names them.</summary>
internal sealed record CatalogColumn(string Name, SqlType Type, bool IsHidden = false);
