using System.Globalization;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Casts of dates and times. A session's zone is UTC, as Athena's is.</summary>
internal static class MomentCastSql
{
    private const string Utc = "'UTC'";

    public static string? Of(string sql, bool isSimple, SqlType from, SqlType to) => (from, to) switch
    {
        (SimpleType { Name: "date" }, TimestampType { HasZone: false }) => Spelling.Cast(sql, to),
        (SimpleType { Name: "date" }, TimestampType) => CastSql.Once(sql, isSimple, InUtc),
        (TimestampType { HasZone: true }, TimestampType { HasZone: true } target) => Rounded(from, target, isSimple, sql, value =>
            Spelling.NullWith(value, Spelling.Zoned(Round(Spelling.Instant(value), target.Precision), Spelling.Zone(value)))),
        (TimestampType { HasZone: true }, TimestampType target) => CastSql.Once(sql, isSimple, value => Rounded(from, target, isSimple, Local(value),
            local => Round(local, target.Precision))),
        (TimestampType, TimestampType { HasZone: true }) => CastSql.Once(sql, isSimple, InUtc),
        (TimestampType, TimestampType target) => Rounded(from, target, isSimple, sql, value => Round(value, target.Precision)),
        (TimestampType { HasZone: true }, SimpleType { Name: "date" }) => CastSql.Once(sql, isSimple, value => $"CAST({Local(value)} AS DATE)"),
        (TimestampType, SimpleType { Name: "date" }) => $"CAST({sql} AS DATE)",
        (TimestampType { HasZone: true }, TimeType) => CastSql.Once(sql, isSimple, value => $"CAST({Local(value)} AS TIME)"),
        (TimestampType, TimeType) => $"CAST({sql} AS TIME)",
        (TimeType, TimeType { Precision: var precision }) => $"CAST({Round($"(DATE '2000-01-01' + {sql})", precision)} AS TIME)",
        (TimeType, TimestampType { HasZone: false }) => $"(current_date + {sql})",
        _ => null,
    };

    public static string? FromText(string value, SqlType to) => to switch
    {
        SimpleType => $"CAST(athena_date({value}) AS DATE)",
        TimestampType { HasZone: true } => Spelling.NullWith(value, Spelling.Zoned($"athena_instant_of({value})", $"athena_zone_of({value})")),
        TimestampType { Precision: var precision } => Round($"athena_timestamp({value})", precision),
        TimeType { Precision: var precision } => $"CAST({Round($"athena_time({value})", precision)} AS TIME)",
        _ => null,
    };

    public static string? ToText(string sql, bool isSimple, SqlType from) => from switch
    {
        SimpleType => $"CAST({sql} AS VARCHAR)",
        TimestampType { HasZone: true, Precision: var precision } => CastSql.Once(
            sql, isSimple, value => $"({Digits(Local(value), precision)} || ' ' || {Spelling.Zone(value)})"),
        TimestampType { Precision: var precision } => Digits(sql, precision),
        TimeType { Precision: var precision } => $"substring({Digits($"(DATE '2000-01-01' + {sql})", precision)}, 12)",
        _ => null,
    };

    public static string Local(string zoned) => $"({ZonedTime.LocalOf(Spelling.Instant(zoned), Spelling.Zone(zoned))})";

    private static string InUtc(string value) => Spelling.NullWith(value, Spelling.Zoned($"CAST({value} AS TIMESTAMP)", Utc));

    private static string? Rounded(SqlType from, TimestampType to, bool isSimple, string sql, Func<string, string> round) =>
        from is TimestampType { Precision: var precision } && precision <= to.Precision ? sql : CastSql.Once(sql, isSimple, round);

    // Microseconds are what DuckDB has.
    private static string Round(string moment, int precision) => precision >= 6
        ? moment
        : string.Create(
            CultureInfo.InvariantCulture,
            $"time_bucket(to_microseconds({Size(precision)}), {moment} + to_microseconds({Size(precision) / 2}), TIMESTAMP '1970-01-01')");

    private static string Digits(string moment, int precision) => precision == 0
        ? $"strftime({moment}, '%Y-%m-%d %H:%M:%S')"
        : string.Create(CultureInfo.InvariantCulture, $"left(strftime({moment}, '%Y-%m-%d %H:%M:%S.%f'), {20 + precision})");

    private static int Size(int precision) => (int)Math.Pow(10, 6 - precision);
}
