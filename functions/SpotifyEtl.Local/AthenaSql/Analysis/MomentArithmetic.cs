using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Calculations with dates, times and intervals.</summary>
internal static class MomentArithmetic
{
    /// <summary>The result; null: it is none of dates, times and intervals.</summary>
    public static Value? Of(string sign, Value left, Value right, Position at) => (sign, left.Type, right.Type) switch
    {
        ("+", SimpleType { Name: "interval year to month" or "interval day to second" }, SimpleType { Name: "date" } or TimestampType or TimeType) =>
            Of(sign, right, left, at),
        ("+" or "-", SimpleType { Name: "date" }, SimpleType { Name: "interval day to second" }) =>
            new Value(left.Type, MomentSql.AddDays(sign, left.Sql, right.Sql)),
        ("+" or "-", SimpleType { Name: "date" }, SimpleType { Name: "interval year to month" }) =>
            new Value(left.Type, $"CAST({left.Sql} {sign} {right.Sql} AS DATE)"),
        ("+" or "-", TimestampType { HasZone: true }, SimpleType { Name: "interval year to month" or "interval day to second" }) => Finer(
            left, right, MomentSql.AddZoned(sign, left.Sql, right.Sql, right.Type == SqlType.YearToMonth)),
        ("+" or "-", TimestampType, SimpleType { Name: "interval year to month" or "interval day to second" }) =>
            Finer(left, right, $"({left.Sql} {sign} {right.Sql})"),
        ("+" or "-", TimeType, SimpleType { Name: "interval day to second" }) => new Value(new TimeType(3), $"({left.Sql} {sign} {right.Sql})"),
        ("-", SimpleType { Name: "date" } or TimestampType, SimpleType { Name: "date" } or TimestampType) => Difference(left, right, at),
        ("-", TimeType, TimeType) => new Value(
            SqlType.DayToSecond, MomentSql.Between($"(DATE '2000-01-01' + {right.Sql})", $"(DATE '2000-01-01' + {left.Sql})")),
        ("+" or "-", SimpleType { Name: "interval year to month" or "interval day to second" }, _) when left.Type == right.Type =>
            new Value(left.Type, $"({left.Sql} {sign} {right.Sql})"),
        ("*", SimpleType { Name: "interval year to month" or "interval day to second" }, _) when TypeRules.IsNumeric(right.Type) => Scaled(sign, left, right),
        ("*", _, SimpleType { Name: "interval year to month" or "interval day to second" }) when TypeRules.IsNumeric(left.Type) => Scaled(sign, right, left),
        ("/", SimpleType { Name: "interval year to month" or "interval day to second" }, _) when TypeRules.IsNumeric(right.Type) => Scaled(sign, left, right),
        _ => null,
    };

    // Milliseconds are what an interval has at least.
    private static Value Finer(Value moment, Value interval, string sql)
    {
        var type = (TimestampType)moment.Type;
        return new Value(interval.Type == SqlType.DayToSecond ? type with { Precision = Math.Max(3, type.Precision) } : type, sql);
    }

    private static Value Difference(Value left, Value right, Position at)
    {
        var common = TypeRules.Common(TypeRules.Common(left.Type, right.Type)!, new TimestampType(3, HasZone: false))!;
        var (first, second) = (Casts.Coerce(left, common, at), Casts.Coerce(right, common, at));
        return common is TimestampType { HasZone: true }
            ? new Value(SqlType.DayToSecond, MomentSql.Between(Spelling.Instant(second.Sql), Spelling.Instant(first.Sql)))
            : new Value(SqlType.DayToSecond, MomentSql.Between(second.Sql, first.Sql));
    }

    private static Value Scaled(string sign, Value interval, Value number)
    {
        var isMonths = interval.Type == SqlType.YearToMonth;
        var size = isMonths ? CastSql.Months(interval.Sql) : $"epoch_us({interval.Sql})";
        return new Value(interval.Type, MomentSql.Scale(sign, size, Casts.To(number, SqlType.Double, default).Sql, isMonths));
    }
}
