using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Catalog;

/// <summary>
/// What Athena (Trino's SQL) and DuckDB both take and mean alike, as far as the app's queries use it. What is not listed is refused: try it on both,
/// then list it.
/// </summary>
internal static class SqlDialect
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALL", "AND", "AS", "ASC", "BETWEEN", "BY", "CASE", "CROSS", "CURRENT", "DATE", "DESC", "DISTINCT", "ELSE", "END", "EXCEPT", "EXISTS", "FALSE",
        "FILTER", "FIRST", "FOLLOWING", "FROM", "FULL", "GROUP", "HAVING", "IN", "INNER", "INTERSECT", "INTERVAL", "IS", "JOIN", "LAST", "LEFT", "LIKE",
        "LIMIT", "NOT", "NULL", "NULLS", "ON", "OR", "ORDER", "OUTER", "OVER", "PARTITION", "PRECEDING", "RANGE", "RIGHT", "ROW", "ROWS", "SELECT", "THEN",
        "TIMESTAMP", "TRUE", "UNBOUNDED", "UNION", "VALUES", "WHEN", "WHERE", "WITH",
    };

    private static readonly HashSet<string> s_beforeParenthesis = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALL", "AND", "AS", "BETWEEN", "BY", "CASE", "DISTINCT", "ELSE", "EXCEPT", "EXISTS", "FILTER", "FROM", "HAVING", "IN", "INTERSECT", "JOIN", "NOT",
        "ON", "OR", "OVER", "SELECT", "THEN", "UNION", "VALUES", "WHEN", "WHERE",
    };

    private static readonly HashSet<string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        "bigint",
        "boolean",
        "date",
        "double",
        "integer",
        "timestamp",
        "varchar",
    };

    private static readonly HashSet<string> s_functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "abs", "array_agg", "array_join", "avg", "bool_or", "cardinality", "cast", "ceil", "coalesce", "count", "count_if", "cume_dist", "date_add",
        "date_diff", "date_format", "date_trunc", "day_of_week", "dense_rank", "first_value", "floor", "from_iso8601_timestamp", "greatest",
        "lag", "last_value", "lead", "least", "length", "lower", "lpad", "max", "max_by", "min", "min_by", "month", "ntile", "nullif", "percent_rank",
        "rank", "regexp_like", "regexp_replace", "replace", "round", "row_number", "split_part", "strpos", "substr", "sum", "trim", "try_cast", "upper", "year",
    };

    private static readonly HashSet<string> s_tables =
    [
        .. Table.All.Select(table => table.CatalogName), .. Table.All.Select(table => table.TypedName), .. LatestView.All.Select(view => view.Name),
    ];

    private static readonly HashSet<string> s_columns = Table.All.SelectMany(table => table.Columns).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is in the statement that one of the engines might not take; empty when there is nothing.</summary>
    public static IReadOnlyList<string> Objections(string sql)
    {
        List<SqlToken> tokens;
        try
        {
            tokens = SqlToken.Read(sql);
        }
        catch (FormatException exception)
        {
            return [exception.Message];
        }

        var declared = Declared(tokens);
        List<string> objections = tokens.Count > 0 && (tokens[0].Is("SELECT") || tokens[0].Is("WITH")) ? [] : ["It begins with neither SELECT nor WITH."];
        for (var at = 0; at < tokens.Count; at++)
        {
            if (Objection(tokens, at, declared) is { } objection)
            {
                objections.Add(objection);
            }
        }

        return objections;
    }

    private static string? Objection(List<SqlToken> tokens, int at, HashSet<string> declared)
    {
        var (kind, value) = tokens[at];
        var (before, after) = (At(tokens, at - 1), At(tokens, at + 1));
        switch (kind)
        {
            case SqlTokenKind.QuotedName:
                return IsName(value.Trim('"'), declared) ? null : $"{value} is no column, table or name given here.";
            case SqlTokenKind.Word when after.Is("("):
                return s_functions.Contains(value) || s_beforeParenthesis.Contains(value)
                    ? null
                    : $"{value}( is no function or clause that both engines are known to have.";
            // GROUP BY ALL and ORDER BY ALL are DuckDB's.
            case SqlTokenKind.Word when value.Equals("ALL", StringComparison.OrdinalIgnoreCase):
                return before.Is("UNION") || before.Is("EXCEPT") || before.Is("INTERSECT") ? null : "ALL is only for UNION, EXCEPT and INTERSECT.";
            case SqlTokenKind.Word when s_keywords.Contains(value) || (before.Is("AS") && s_types.Contains(value)) || IsName(value, declared):
                return null;
            case SqlTokenKind.Word when value.Length == 1 && IsAlias(before, declared):
                return null;
            case SqlTokenKind.Word:
                return $"{value} is no keyword that both engines have, no column, table or name given here.";
            default:
                return null;
        }
    }

    /// <summary>The names that the statement gives with AS, or before it to a common table expression, and the letters by which it calls its tables.</summary>
    private static HashSet<string> Declared(List<SqlToken> tokens)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var at = 0; at < tokens.Count; at++)
        {
            var before = At(tokens, at - 1);
            var beginsTable = (before.Is("WITH") || before.Is(",")) && At(tokens, at + 1).Is("AS") && At(tokens, at + 2).Is("(");
            if (tokens[at].Kind == SqlTokenKind.Word && !s_keywords.Contains(tokens[at].Value) && (before.Is("AS") || beginsTable))
            {
                names.Add(tokens[at].Value);
            }
        }

        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at] is { Kind: SqlTokenKind.Word, Value.Length: 1 } && IsAlias(At(tokens, at - 1), names))
            {
                names.Add(tokens[at].Value);
            }
        }

        return names;
    }

    private static bool IsAlias(SqlToken before, HashSet<string> declared) =>
        before.Is(")") || (before.Kind == SqlTokenKind.Word && (s_tables.Contains(before.Value) || declared.Contains(before.Value)));

    private static bool IsName(string word, HashSet<string> declared) => s_tables.Contains(word) || s_columns.Contains(word) || declared.Contains(word);

    private static SqlToken At(List<SqlToken> tokens, int at) => at >= 0 && at < tokens.Count ? tokens[at] : new SqlToken(SqlTokenKind.Symbol, "");
}
