using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>What SHOW and DESCRIBE answer, as Athena does.</summary>
internal static class Shown
{
    public static AnalyzedQuery Of(Statement statement, SqlCatalog catalog)
    {
        switch (statement)
        {
            case ShowTables shown:
                if (shown.Database is { } database)
                {
                    Tables.CheckDatabase(catalog, database.Parts, database);
                }

                var tables = InformationSchema.Sorted(catalog).Where(table => table.IsView || !shown.OnlyViews).Select(table => table.Name);
                return InformationSchema.Rows([shown.OnlyViews ? "views" : "tab_name"], One(tables, shown.Pattern));
            case ShowDatabases shown:
                return InformationSchema.Rows(["database_name"], One([catalog.Database], shown.Pattern));
            case ShowColumns shown:
                var columns = Tables.TableOf(catalog, shown.Table).Columns.Where(column => !column.IsHidden).Select(column => column.Name);
                return InformationSchema.Rows(["field"], One(columns, shown.Pattern));
            case Describe described:
                return Columns(Tables.TableOf(catalog, described.Table));
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} shows nothing.");
        }
    }

    private static IEnumerable<string[]> One(IEnumerable<string> names, NamePattern? pattern) =>
        names.Where(name => pattern is null || Matches(name, pattern)).Select(name => (string[])[name]);

    private static AnalyzedQuery Columns(CatalogTable table)
    {
        var columns = table.Columns.Where(column => !column.IsHidden).Select(Row).ToList();
        if (table.PartitionColumns.Count > 0)
        {
            columns.AddRange([["", "", ""], ["# Partition Information", "", ""], ["# col_name", "data_type", "comment"], ["", "", ""]]);
            columns.AddRange(table.Columns.Where(column => table.PartitionColumns.Contains(column.Name, StringComparer.Ordinal)).Select(Row));
        }

        return InformationSchema.Rows(["col_name", "data_type", "comment"], columns);
    }

    private static string[] Row(CatalogColumn column) => [column.Name, HiveType(column.Type), ""];

    /// <summary>A type as Hive's DDL names it, which DESCRIBE speaks.</summary>
    private static string HiveType(SqlType type) => type switch
    {
        SimpleType { Name: "integer" } => "int",
        SimpleType { Name: "real" } => "float",
        SimpleType { Name: "varbinary" } => "binary",
        VarcharType { Length: null } => "string",
        TimestampType => "timestamp",
        ArrayType array => $"array<{HiveType(array.Element)}>",
        MapType map => $"map<{HiveType(map.Key)},{HiveType(map.Value)}>",
        RowType row => $"struct<{string.Join(',', row.Fields.Select(field => $"{field.Name}:{HiveType(field.Type)}"))}>",
        _ => type.ToString(),
    };

    private static bool Matches(string name, NamePattern pattern)
    {
        StringBuilder regex = new("\\A(");
        for (var i = 0; i < pattern.Text.Length; i++)
        {
            var character = pattern.Text[i];
            var isEscaped = pattern.IsLike && character == pattern.Escape && i + 1 < pattern.Text.Length;
            regex.Append((character, pattern.IsLike) switch
            {
                _ when isEscaped => Regex.Escape(pattern.Text[++i].ToString()),
                ('%', true) or ('*', _) => ".*",
                ('_', true) => ".",
                ('|', false) => "|",
                _ => Regex.Escape(character.ToString()),
            });
        }

        return Regex.IsMatch(name, regex.Append(")\\z").ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
