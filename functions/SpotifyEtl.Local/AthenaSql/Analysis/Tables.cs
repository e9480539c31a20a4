using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds tables, views and what WITH names.</summary>
internal sealed class Tables(QueryAnalyzer queries)
{
    private readonly StatementContext _statement = queries.Statement;

    public AnalyzedRelation Find(QualifiedName name)
    {
        if (name.Parts is [var only] && queries.Named.TryGetValue(only, out var named))
        {
            var alias = _statement.NewName('r');
            return new AnalyzedRelation($"{named.SqlName} AS {alias}", named.Query.FieldsOf(alias, [only]));
        }

        var catalog = _statement.Catalog;
        if (InformationSchema.Find(catalog, name) is { } described)
        {
            var alias = _statement.NewName('r');
            return new AnalyzedRelation($"({described.Sql}) AS {alias}", described.FieldsOf(alias, name.Parts));
        }

        return Of(TableOf(catalog, name));
    }

    /// <summary>A table or view by its name.</summary>
    /// <exception cref="Errors.PermanentEtlException">There is none, or it is not of this catalog and database.</exception>
    public static CatalogTable TableOf(SqlCatalog catalog, QualifiedName name)
    {
        var parts = name.Parts;
        CheckDatabase(catalog, parts.SkipLast(1).ToList(), name);
        return catalog.Tables.TryGetValue(parts[^1], out var table)
            ? table
            : throw name.At.Fault($"There is no table or view '{parts[^1]}'."
                + (Suggestion.For(parts[^1], catalog.Names) is { Length: > 0 } meant ? meant : $" There are {string.Join(", ", catalog.Names)}."));
    }

    /// <summary>Holds what qualifies a name to the one database that there is.</summary>
    public static void CheckDatabase(SqlCatalog catalog, IReadOnlyList<string> qualifier, QualifiedName name)
    {
        if (qualifier.Count > 2 || (qualifier.Count == 2 && !qualifier[0].Equals(SqlCatalog.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw name.At.Fault($"{name} is not allowed. SQL reads the lake's tables here, and nothing else: the catalog is {SqlCatalog.Name}.");
        }

        if (qualifier.Count > 0 && !qualifier[^1].Equals(catalog.Database, StringComparison.OrdinalIgnoreCase))
        {
            throw name.At.Fault($"{name} is not allowed. SQL reads the lake's tables here, and nothing else: the database is {catalog.Database}.");
        }
    }

    private AnalyzedRelation Of(CatalogTable table)
    {
        var alias = _statement.NewName('r');
        var database = _statement.Catalog.Database;
        var sql = $"{Spelling.Name(SqlCatalog.Name)}.{Spelling.Name(database)}.{Spelling.Name(table.Name)} AS {alias}";
        return new AnalyzedRelation(
            sql,
            [
                .. table.Columns.Select(column => new Field(column.Name, column.Type, $"{alias}.{Spelling.Name(column.Name)}")
                {
                    Qualifier = [SqlCatalog.Name, database, table.Name],
                    TypedTable = table.TypedName,
                    IsHidden = column.IsHidden,
                }),
            ]);
    }
}
