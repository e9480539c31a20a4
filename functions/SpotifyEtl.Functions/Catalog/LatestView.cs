using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>
/// A view of a typed table's newest rows: of each id the one that was extracted last, rows without a time coming last, and of those extracted at once the
/// one whose raw file's name comes first. Its SQL runs on Athena and on DuckDB alike.
/// </summary>
public sealed class LatestView
{
    private readonly Table _table;

    private LatestView(Table table) => _table = table;

    /// <summary>The views that there are, in the order of the tables.</summary>
    public static IReadOnlyList<LatestView> All { get; } = [.. Table.All.Where(table => table.IdColumn is not null).Select(table => new LatestView(table))];

    /// <summary>The table that it shows rows of.</summary>
    public Table Table => _table;

    /// <summary>Such as <c>songs_latest</c>.</summary>
    public string Name => _table.TypedName + "_latest";

    /// <summary>Its columns: those of the table, without the month.</summary>
    public IReadOnlyList<TableColumn> Columns => _table.TypedColumns;

    /// <summary>The statement that gives its rows.</summary>
    public string Sql => $"""
        SELECT {Names}
        FROM (
          SELECT {Names},
                 row_number() OVER (PARTITION BY {_table.IdColumn} ORDER BY {Table.MonthColumn} DESC NULLS LAST, {Table.RawFileColumn}) AS newest
          FROM {_table.TypedName}
        ) t
        WHERE newest = 1
        """;

    /// <summary>The statement that makes it.</summary>
    public string ViewSql => $"CREATE OR REPLACE VIEW {Name} AS\n{Sql}";

    private string Names => string.Join(", ", _table.Columns);
}
