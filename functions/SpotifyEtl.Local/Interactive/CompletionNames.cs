using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Interactive;

/// <summary>What Tab offers: tables and views, their columns, the words of SQL that are typed most, and the shell's own commands.</summary>
internal static class CompletionNames
{
    private static readonly string[] s_words =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "JOIN", "LEFT JOIN", "CROSS JOIN", "ON", "USING", "UNNEST", "WITH",
        "UNION ALL", "EXCEPT", "INTERSECT", "DISTINCT", "AS", "AND", "OR", "NOT", "IN", "EXISTS", "BETWEEN", "LIKE", "IS NULL", "IS NOT NULL", "CASE", "WHEN",
        "THEN", "ELSE", "END", "CAST", "TRY_CAST", "DESC", "ASC", "NULLS LAST", "OVER", "PARTITION BY", "VALUES", "SHOW TABLES", "DESCRIBE", "DATE",
        "TIMESTAMP", "INTERVAL", "count", "sum", "avg", "min", "max", "round", "coalesce", "concat", "lower", "upper", "length", "substr", "replace",
        "date_trunc", "date_diff", "date_add", "from_iso8601_timestamp", "approx_distinct", "array_agg", "row_number", "rank", "lag", "lead", "regexp_like",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. ShellCommands.Names,
        .. Table.All.Select(table => table.TypedName),
        .. LatestView.All.Select(view => view.Name),
        .. Table.All.Select(table => table.CatalogName),
        .. NamedQueries.All.Select(query => query.Name),
        "runs", "files",
        .. Table.All.SelectMany(table => table.Columns).Distinct(StringComparer.Ordinal),
        .. s_words,
    ];
}
