using DuckDB.NET.Data;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>The tables and views of a session, with the columns that DuckDB says they have.</summary>
internal static class SessionCatalog
{
    private const string ColumnsSql = """
        SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = 'AwsDataCatalog' AND NOT internal ORDER BY table_oid, column_index
        """;

    private static readonly Dictionary<string, string> s_typedNames =
        Table.All.ToDictionary(table => table.CatalogName, table => table.TypedName, StringComparer.Ordinal);

    private static readonly HashSet<string> s_views = new(
        [.. LatestView.All.Select(view => view.Name), .. NamedQueries.All.Where(query => query.IsView).Select(query => query.Name)], StringComparer.Ordinal);

    private static readonly HashSet<string> s_partitioned = new(Table.All.Select(table => table.TypedName), StringComparer.Ordinal);

    public static SqlCatalog Of(DuckDBConnection connection, string database)
    {
        Dictionary<string, CatalogTable> tables = new(StringComparer.OrdinalIgnoreCase);
        using var command = connection.CreateCommand();
        command.CommandText = ColumnsSql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (name, column) = (reader.GetString(0), reader.GetString(1));
            var table = tables.GetValueOrDefault(name) ?? New(name);
            tables[name] = table with
            {
                Columns = [.. table.Columns, new CatalogColumn(column, DuckDbType.Parse(reader.GetString(2)), column.StartsWith('$'))],
            };
        }

        return new SqlCatalog(database, tables, LakeViews.Names);
    }

    private static CatalogTable New(string name) => new(name, [])
    {
        IsView = s_views.Contains(name),
        TypedName = s_typedNames.GetValueOrDefault(name),
        PartitionColumns = s_partitioned.Contains(name) ? ["month"] : [],
    };
}
