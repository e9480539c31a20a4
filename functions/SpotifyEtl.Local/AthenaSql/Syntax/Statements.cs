namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>A statement that only reads.</summary>
internal abstract record Statement
{
    /// <summary>The tables that it may speak of.</summary>
    public IReadOnlyList<QualifiedName> Tables { get; init; } = [];

    /// <summary>Whether it asks for columns that tables hide: "$path".</summary>
    public bool AsksHidden { get; init; }
}

internal sealed record QueryStatement(Query Query) : Statement;

/// <summary>SHOW TABLES or SHOW VIEWS.</summary>
internal sealed record ShowTables(bool OnlyViews, QualifiedName? Database, NamePattern? Pattern) : Statement;

internal sealed record ShowDatabases(NamePattern? Pattern) : Statement;

internal sealed record ShowColumns(QualifiedName Table, NamePattern? Pattern) : Statement;

internal sealed record Describe(QualifiedName Table) : Statement;

/// <summary>Which names are shown: Athena's own patterns, of * and |, or those of LIKE.</summary>
internal sealed record NamePattern(string Text, bool IsLike, char? Escape);
