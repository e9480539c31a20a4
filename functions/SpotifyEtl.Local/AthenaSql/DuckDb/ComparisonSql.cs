using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Comparisons in DuckDB's SQL.</summary>
internal static class ComparisonSql
{
    public static string Of(string sign, Value left, Value right)
    {
        var comparison = $"({Comparable(left)} {sign} {Comparable(right)})";

        // To DuckDB, NaN is itself and the greatest of all numbers; to Trino it is neither.
        if (!TypeRules.IsFloating(left.Type) || (left.IsLiteral && right.IsLiteral))
        {
            return comparison;
        }

        var unlike = sign is "<>" ? "true" : "false";
        return left.IsSimple && right.IsSimple
            ? $"CASE WHEN isnan({left.Sql}) OR isnan({right.Sql}) THEN {unlike} ELSE {comparison} END"
            : Let($"CASE WHEN isnan(_v.a0) OR isnan(_v.a1) THEN {unlike} ELSE _v.a0 {sign} _v.a1 END", left.Sql, right.Sql);
    }

    /// <summary>What of a value is compared: of an instant that a zone shows, the instant.</summary>
    public static string Comparable(Value value) => value.Type is TimestampType { HasZone: true } ? Spelling.Instant(value.Sql) : value.Sql;
}
