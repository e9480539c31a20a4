using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Values as values of other types.</summary>
internal static class Casts
{
    /// <summary>As CAST does it; what cannot be converted fails when the row comes.</summary>
    public static Value To(Value value, SqlType type, Position at)
    {
        if (value.Type == type)
        {
            return value;
        }

        var sql = CastSql.Of(value.Sql, value.IsSimple, value.Type, type) ?? throw at.Fault($"Cannot cast {value.Type} to {type}");
        return new Value(type, sql) { IsLiteral = value.IsLiteral && value.Type == SqlType.Unknown, Field = sql == value.Sql ? value.Field : null };
    }

    /// <summary>As TRY_CAST does it: null, where it cannot be converted.</summary>
    public static Value TryTo(Value value, SqlType type, Position at)
    {
        if (value.Type == type)
        {
            return value;
        }

        // What the value itself fails with, fails still.
        return TryCastSql.Of(value.Sql, value.Type, type) is { } sql
            ? new Value(type, sql)
            : new Value(type, LetAs("_t", $"TRY({To(value with { Sql = "_t.a0", IsLiteral = true }, type, at).Sql})", value.Sql));
    }

    /// <summary>As a type that it may be without being asked.</summary>
    public static Value Coerce(Value value, SqlType type, Position at) => value.Type == type || IsSameInDuckDb(value.Type, type)
        ? value with { Type = type }
        : To(value, type, at) with { Constant = value.Constant };

    // Texts of any length are one type there, and times of any precision.
    private static bool IsSameInDuckDb(SqlType from, SqlType to) => (from, to) switch
    {
        (VarcharType { Length: var length }, VarcharType { Length: var most }) => most is null || (length is not null && length <= most),
        (TimestampType first, TimestampType second) => first.HasZone == second.HasZone && first.Precision <= second.Precision,
        (TimeType first, TimeType second) => first.Precision <= second.Precision,
        _ => false,
    };
}
