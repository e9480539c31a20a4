using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>sequence: numbers, dates and timestamps. A step in the wrong direction is an error, and so is one too many.</summary>
internal static class SequenceFunctions
{
    private const int Most = 10_000;

    private static readonly string WrongStep = Error(
        "'sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to "
            + "start'");
    private static readonly string NoStep = Error("'step must not be zero'");
    private static readonly string TooMany = Error($"'result of sequence function must not have more than {Most} entries'");

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("sequence(bigint, bigint) -> array(bigint)", Numbers("{0}", "{1}", "CASE WHEN {0} <= {1} THEN 1 ELSE -1 END", "_n")),
        new("sequence(bigint, bigint, bigint) -> array(bigint)", Numbers("{0}", "{1}", "{2}", "_n")),
        new("sequence(date, date) -> array(date)", Numbers(
            Days("{0}"), Days("{1}"), "CASE WHEN {0} <= {1} THEN 1 ELSE -1 END", "make_date(CAST(_n AS INTEGER))")),
        new("sequence(date, date, interval day to second) -> array(date)", Numbers(
            Days("{0}"),
            Days("{1}"),
            $"CASE WHEN epoch_us({{2}}) % 86400000000 <> 0 THEN {Error("'sequence step must be a day interval if start and end values are dates'")} "
                + "ELSE epoch_us({2}) // 86400000000 END",
            "make_date(CAST(_n AS INTEGER))")),
        new("sequence(date, date, interval year to month) -> array(date)", ByMonths("CAST({0} AS DATE)")),
        new("sequence(timestamp, timestamp, interval day to second) -> array(timestamp)", Numbers(
            "epoch_us({0})", "epoch_us({1})", "epoch_us({2})", "make_timestamp(_n)")) { Result = types => new Types.ArrayType(types[0]) },
        new("sequence(timestamp, timestamp, interval year to month) -> array(timestamp)", ByMonths("{0}"))
        {
            Result = types => new Types.ArrayType(types[0]),
        },
    ];

    private static string Days(string date) => $"date_diff('day', DATE '1970-01-01', {date})";

    private static string Numbers(string start, string stop, string step, string item) => Let(
        $"CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL OR _v.a2 IS NULL THEN NULL WHEN _v.a2 = 0 THEN {NoStep} "
            + $"WHEN _v.a0 < _v.a1 AND _v.a2 < 0 OR _v.a0 > _v.a1 AND _v.a2 > 0 THEN {WrongStep} "
            + $"WHEN (CAST(_v.a1 AS HUGEINT) - _v.a0) // _v.a2 >= {Most} THEN {TooMany} "
            + $"ELSE list_transform(range(0, CAST((CAST(_v.a1 AS HUGEINT) - _v.a0) // _v.a2 AS BIGINT) + 1), lambda _i: "
            + $"{Apply(item, ("_n", "_v.a0 + _i * _v.a2"))}) END",
        start,
        stop,
        step);

    // Each is the start and so many months, so that the last of January goes on with the last of March.
    private static string ByMonths(string cast) => Let(
        $"CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL OR _v.a2 IS NULL THEN NULL WHEN _v.a2 = 0 THEN {NoStep} "
            + $"WHEN _v.a0 < _v.a1 AND _v.a2 < 0 OR _v.a0 > _v.a1 AND _v.a2 > 0 THEN {WrongStep} "
            + $"WHEN date_sub('month', _v.a0, _v.a1) // _v.a2 >= {Most} THEN {TooMany} "
            + $"ELSE list_transform(range(0, date_sub('month', _v.a0, _v.a1) // _v.a2 + 1), lambda _i: "
            + $"{cast.Replace("{0}", "_v.a0 + to_months(CAST(_i * _v.a2 AS INTEGER))", StringComparison.Ordinal)}) END",
        "{0}",
        "{1}",
        "(12 * datepart('year', {2}) + datepart('month', {2}))");
}
