using System.Globalization;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The tables that tell of the tables: information_schema.tables, columns and schemata.</summary>
internal static class InformationSchema
{
    public const string Name = "information_schema";

    /// <summary>Whether a name is of this schema.</summary>
    public static bool Has(QualifiedName name) => name.Parts.Count is 2 or 3 && name.Parts[^2].Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The rows of a table of it; null: the name is of another schema.</summary>
    public static AnalyzedQuery? Find(SqlCatalog catalog, QualifiedName name)
    {
        if (!Has(name))
        {
            return null;
        }

        if (name.Parts.Count == 3 && !name.Parts[0].Equals(SqlCatalog.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw name.At.Fault($"{name} is not allowed. SQL reads the lake's tables here, and nothing else: the catalog is {SqlCatalog.Name}.");
        }

        return name.Parts[^1].ToLowerInvariant() switch
        {
            "tables" => Rows(
                ["table_catalog", "table_schema", "table_name", "table_type"],
                Sorted(catalog).Select(table => (string?[])[SqlCatalog.Name, catalog.Database, table.Name, table.IsView ? "VIEW" : "BASE TABLE"])),
            "schemata" => Rows(
                ["catalog_name", "schema_name"],
                [[SqlCatalog.Name, catalog.Database], [SqlCatalog.Name, Name]]),
            "columns" => Columns(catalog),
            _ => throw name.At.Fault($"{name} is not allowed. There are tables, columns and schemata in {Name}."),
        };
    }

    /// <summary>Rows of texts as a query.</summary>
    public static AnalyzedQuery Rows(IReadOnlyList<string> names, IEnumerable<string?[]> rows)
    {
        var columns = names.Select((_, place) => AnalyzedQuery.ColumnName(place)).ToList();
        var texts = rows.Select(row => $"({string.Join(", ", row.Select(Text))})").ToList();
        var list = string.Join(", ", columns);
        var sql = texts.Count == 0
            ? $"SELECT {string.Join(", ", columns.Select(column => $"CAST(NULL AS VARCHAR) AS {column}"))} WHERE false"
            : $"SELECT {list} FROM (VALUES {string.Join(", ", texts)}) AS v({list})";
        return new AnalyzedQuery(sql, [.. names.Select(name => new OutputColumn(name, SqlType.Varchar))]);
    }

    public static IEnumerable<CatalogTable> Sorted(SqlCatalog catalog) => catalog.Tables.Values.OrderBy(table => table.Name, StringComparer.Ordinal);

    private static string Text(string? value) => value is null ? "NULL" : Spelling.Text(value);

    private static AnalyzedQuery Columns(SqlCatalog catalog)
    {
        var rows = Sorted(catalog).SelectMany(table => table.Columns.Where(column => !column.IsHidden).Select((column, place) => (string?[])
        [
            SqlCatalog.Name, catalog.Database, table.Name, column.Name, (place + 1).ToString(CultureInfo.InvariantCulture), null, "YES", column.Type.ToString(),
        ]));
        var all = Rows(
            ["table_catalog", "table_schema", "table_name", "column_name", "ordinal_position", "column_default", "is_nullable", "data_type"], rows);
        return new AnalyzedQuery(
            $"SELECT * REPLACE (CAST(c4 AS BIGINT) AS c4) FROM ({all.Sql})",
            [.. all.Columns.Select(column => column.Name == "ordinal_position" ? column with { Type = SqlType.BigInt } : column)]);
    }
}
