using SpotifyEtl.Local.AthenaSql.Functions;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Calculations with dates, times and intervals in DuckDB's SQL.</summary>
internal static class MomentSql
{
    /// <summary>A date and whole days.</summary>
    public static string AddDays(string sign, string date, string interval) => Let(
        $"CASE WHEN epoch_us(_v.a1) % 86400000000 <> 0 THEN {Error($"'Cannot {(sign is "+" ? "add" : "subtract")} hour, minutes or seconds "
            + $"{(sign is "+" ? "to" : "from")} a date'")} ELSE CAST(_v.a0 {sign} _v.a1 AS DATE) END",
        date,
        interval);

    /// <summary>An instant and an interval: months are those of its zone's calendar.</summary>
    public static string AddZoned(string sign, string zoned, string interval, bool isMonths)
    {
        var (instant, zone) = (Spelling.Instant("_v.a0"), Spelling.Zone("_v.a0"));
        var sum = isMonths
            ? LetAs("_z", ZonedTime.InstantOf("_z.a0", "_z.a1"), $"{MomentCastSql.Local("_v.a0")} {sign} _v.a1", zone)
            : $"{instant} {sign} _v.a1";
        return Let(NullWith(Spelling.Zoned(sum, zone), "_v.a0", "_v.a1"), zoned, interval);
    }

    public static string Between(string from, string to) => $"to_microseconds(date_diff('microsecond', {from}, {to}))";

    public static string Scale(string sign, string size, string number, bool isMonths) =>
        $"{(isMonths ? "to_months(CAST(" : "to_microseconds(CAST(")}round({size} {sign} {number}) AS {(isMonths ? "INTEGER" : "BIGINT")}))";
}
