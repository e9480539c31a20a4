using System.Globalization;
using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>The statements by which a session of DuckDB has the tables.</summary>
internal static class TableViewSql
{
    // DuckDB's own choice is 32 MB for each file that a thread reads, which takes longer to get from the system than to fill.
    private const int CsvBufferBytes = 4 * 1024 * 1024;

    // Which file a row is of, as Athena calls it.
    private const string PathColumn = "\"$path\"";

    private const string PathOfFile = "'file://' || filename";

    private const string MonthOfFile = @"regexp_extract(filename, 'month=([^/\\]*)[/\\][^/\\]*$', 1)";

    /// <summary>
    /// A table as it is in CSV: all text, missing values being empty, as in Athena; columns that a file of an earlier version lacks are NULL. A file that was
    /// deleted since the crawl is left out.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="entry">The table.</param>
    /// <param name="withPath">Whether rows tell their file.</param>
    public static string Of(FolderLake lake, CatalogEntry entry, bool withPath)
    {
        var folder = $"{LakeKeys.Transformed}{entry.Table}/";
        var parts = entry.Files
            .Select(file => (Path: lake.PathOf(folder + file.Name), Columns: file.Columns ?? entry.Columns.Count))
            .Where(file => File.Exists(file.Path))
            .GroupBy(file => file.Columns, file => file.Path)
            .Select(files => CsvFiles(entry.Columns, files.Key, files, withPath))
            .ToList();
        return $"CREATE VIEW {DuckDbText.Identifier(entry.Table)} AS "
            + (parts.Count == 0
                ? NoRows(Hidden(entry.Columns.Select(column => new TableColumn(column, ColumnType.Text)), withPath))
                : string.Join(" UNION ALL ", parts));
    }

    /// <summary>
    /// A typed table, with the month as its last column. A file of an earlier version may lack columns: they are NULL. The files are one scan, which
    /// passes over those whose month is not asked for: a scan for each, in a union, takes three times as long to plan and to run.
    /// </summary>
    public static string Of(TypedTableFiles files, bool withPath) => new StringBuilder($"CREATE VIEW {DuckDbText.Identifier(files.Table.TypedName)} AS ")
        .Append(NoRows(Hidden(WithMonth(files.Table), withPath)))
        .Append(files.Months.Count == 0 ? "" : MonthFiles(files.Months, withPath))
        .ToString();

    /// <summary>A typed table of which a file cannot be read: who asks for its rows is told.</summary>
    public static string OfUnreadable(Table table, string reason)
    {
        var message = DuckDbText.Literal($"{reason} Build the typed tables anew: spotify-etl reprocess --months.");
        return $"CREATE VIEW {DuckDbText.Identifier(table.TypedName)} AS {Nulls(WithMonth(table))} WHERE error({message}) IS NOT NULL";
    }

    private static IEnumerable<TableColumn> Hidden(IEnumerable<TableColumn> columns, bool withPath) =>
        withPath ? columns.Append(new TableColumn("$path", ColumnType.Text)) : columns;

    private static IEnumerable<TableColumn> WithMonth(Table table) => [.. table.TypedColumns, new TableColumn("month", ColumnType.Text)];

    private static string NoRows(IEnumerable<TableColumn> columns) => $"{Nulls(columns)} WHERE false";

    private static string Nulls(IEnumerable<TableColumn> columns) =>
        $"SELECT {string.Join(", ", columns.Select(column => $"CAST(NULL AS {TypeOf(column.Type)}) AS {DuckDbText.Identifier(column.Name)}"))}";

    private static string MonthFiles(IEnumerable<MonthPath> months, bool withPath) => new StringBuilder($" UNION ALL BY NAME SELECT *, {MonthOfFile} AS month")
        .Append(withPath ? $", {PathOfFile} AS {PathColumn}" : "")
        .Append(" FROM read_parquet([").AppendJoin(", ", months.Select(month => Literal(month.Path)))
        .Append("], union_by_name = true, hive_partitioning = false)")
        .ToString();

    private static string Literal(string path) => DuckDbText.Literal(DuckDbText.Pattern(path));

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "INTEGER",
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Date => "DATE",
        ColumnType.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    };

    private static string CsvFiles(IReadOnlyList<string> columns, int count, IEnumerable<string> paths, bool withPath)
    {
        var there = columns.Take(count).ToList();
        return new StringBuilder(withPath ? "SELECT * EXCLUDE (filename)" : "SELECT *")
            .AppendJoin("", columns.Skip(count).Select(column => $", CAST(NULL AS VARCHAR) AS {DuckDbText.Identifier(column)}"))
            .Append(withPath ? $", {PathOfFile} AS {PathColumn}" : "")
            .Append(" FROM read_csv([").AppendJoin(", ", paths.Select(Literal))
            .Append("], header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {")
            .AppendJoin(", ", there.Select(column => $"{DuckDbText.Literal(column)}: 'VARCHAR'"))
            .Append("}, force_not_null = [").AppendJoin(", ", there.Select(DuckDbText.Literal))
            .Append(CultureInfo.InvariantCulture, $"], buffer_size = {CsvBufferBytes}{(withPath ? ", filename = true" : "")})")
            .ToString();
    }
}
