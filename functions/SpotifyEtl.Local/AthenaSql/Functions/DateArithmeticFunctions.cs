using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>date_add, date_diff and date_trunc: a unit is a text, for the most part a constant.</summary>
internal static class DateArithmeticFunctions
{
    private static readonly string[] ClockUnits = ["millisecond", "second", "minute", "hour"];
    private static readonly string[] CalendarUnits = ["day", "week", "month", "quarter", "year"];

    private static readonly (string Type, string Name, string[] Units)[] Kinds =
    [
        ("date", "DATE", CalendarUnits),
        ("time", "Time", ClockUnits),
        ("timestamp", "Timestamp", [.. ClockUnits, .. CalendarUnits]),
        ("timestamp with time zone", "Timestamp", [.. ClockUnits, .. CalendarUnits]),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Kinds.Select(kind => new SqlFunction($"date_trunc(varchar, {kind.Type}) -> {kind.Type}", "")
        {
            Result = types => types[1],
            Render = call => ByUnit(call, kind.Units, kind.Name, unit => Truncated(kind.Type, unit)),
        }),
        .. Kinds.Select(kind => new SqlFunction($"date_add(varchar, bigint, {kind.Type}) -> {kind.Type}", "")
        {
            Result = types => types[2],
            Render = call => ByUnit(call, kind.Units, kind.Name, unit => Added(kind.Type, unit)),
        }),
        .. Kinds.Select(kind => new SqlFunction($"date_diff(varchar, {kind.Type}, {kind.Type}) -> bigint", "")
        {
            Render = call => ByUnit(call, kind.Units, kind.Name, unit => Difference(kind.Type, unit)),
        }),
    ];

    private static string ByUnit(FunctionCall call, string[] units, string name, Func<string, string> sql)
    {
        if (call.Constants[0]?.ToLowerInvariant() is { } constant)
        {
            return units.Contains(constant, StringComparer.Ordinal)
                ? sql(constant)
                : throw new PermanentEtlException($"'{constant}' is not a valid {name} field");
        }

        var cases = units.Select(unit => $"WHEN '{unit}' THEN {sql(unit)}");
        return $"CASE lower({{0}}) {string.Join(' ', cases)} WHEN NULL THEN NULL "
            + $"ELSE CASE WHEN {{0}} IS NOT NULL THEN {Error($"'''' || lower({{0}}) || ''' is not a valid {name} field'")} END END";
    }

    private static string Truncated(string type, string unit) => type switch
    {
        "date" => $"CAST(date_trunc('{unit}', {{1}}) AS DATE)",
        "time" => $"CAST(date_trunc('{unit}', DATE '1970-01-01' + {{1}}) AS TIME)",
        "timestamp" => $"date_trunc('{unit}', {{1}})",
        _ => OnClock("{1}", local => $"date_trunc('{unit}', {local})", unit is "millisecond" or "second"),
    };

    private static string Added(string type, string unit) => type switch
    {
        "date" => $"CAST({{2}} + {Interval(unit, "{1}")} AS DATE)",
        "time" => $"{{2}} + {Interval(unit, "{1}")}",
        "timestamp" => $"({{2}} + {Interval(unit, "{1}")})",
        _ => Let(
            OnClock("_v.a0", local => $"{local} + {Interval(unit, "_v.a1")}", ClockUnits.Contains(unit, StringComparer.Ordinal)), "{2}", "{1}"),
    };

    private static string Difference(string type, string unit) => type switch
    {
        "time" => $"date_sub('{unit}', {{1}}, {{2}})",
        "date" or "timestamp" => $"date_sub('{unit}', CAST({{1}} AS TIMESTAMP), CAST({{2}} AS TIMESTAMP))",
        _ when ClockUnits.Contains(unit, StringComparer.Ordinal) => $"date_sub('{unit}', {{1}}.instant, {{2}}.instant)",
        _ => Let(
            $"date_sub('{unit}', {ZonedTime.LocalOf("_v.a0")}, {ZonedTime.LocalOf("_v.a1.instant", "_v.a0.zone")})", "{1}", "{2}"),
    };

    // An hour later is one by any clock; a day later is the same time on the zone's.
    private static string OnClock(string zoned, Func<string, string> change, bool isOfInstant) => isOfInstant
        ? LetAs("_c", NullWith(Spelling.Zoned(change("_c.a0.instant"), "_c.a0.zone"), "_c.a0"), zoned)
        : LetAs("_c", ZonedTime.At(change(ZonedTime.LocalOf("_c.a0")), "_c.a0.zone"), zoned);

    private static string Interval(string unit, string count) => unit switch
    {
        "millisecond" => $"to_milliseconds({count})",
        "second" => $"to_seconds({count})",
        "minute" => $"to_minutes({count})",
        "hour" => $"to_hours({count})",
        "day" => $"to_days(CAST({count} AS INTEGER))",
        "week" => $"to_weeks(CAST({count} AS INTEGER))",
        "month" => $"to_months(CAST({count} AS INTEGER))",
        "quarter" => $"to_months(CAST(3 * {count} AS INTEGER))",
        _ => $"to_years(CAST({count} AS INTEGER))",
    };
}
