using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Aggregates. What is done with an aggregate's value stands around it, so that it works over windows too.</summary>
internal static class AggregateFunctions
{
    private const string Behind = "{filter}{over}";

    private static readonly string Checked = "CASE WHEN _a.a1 > 0 THEN _a.a1 ELSE "
        + Error("'third argument of max_by/min_by and second of max/min must be a positive integer'") + " END";

    private static readonly string[] Integers = ["tinyint", "smallint", "integer", "bigint"];

    // Of a key the first value, as the rows come.
    private static readonly string FirstOfEachKey = LetAs(
        "_a",
        "CASE WHEN len(_a.a0) > 0 THEN map_from_entries(list_transform(list_filter(_a.a0, lambda _e, _i: "
            + "list_position(list_transform(_a.a0, lambda _o: _o.k), _e.k) = _i), lambda _e: {'key': _e.k, 'value': _e.v})) END",
        $"list_filter(list({{'k': {{0}}, 'v': {{1}}}}{{order}}){Behind}, lambda _e: _e.k IS NOT NULL)");

    private static readonly string AllOfEachKey = LetAs(
        "_a",
        LetAs(
            "_k",
            "CASE WHEN len(_a.a0) > 0 THEN map(_k.a0, list_transform(_k.a0, lambda _key: list_transform("
                + "list_filter(_a.a0, lambda _e: _e.k = _key), lambda _e: _e.v))) END",
            "list_filter(list_transform(_a.a0, lambda _o: _o.k), lambda _x, _i: list_position(list_transform(_a.a0, lambda _o: _o.k), _x) = _i)"),
        $"list_filter(list({{'k': {{0}}, 'v': {{1}}}}{{order}}){Behind}, lambda _e: _e.k IS NOT NULL)");

    private static readonly string UnionOfMaps = LetAs(
        "_a",
        "CASE WHEN _a.a0 IS NOT NULL THEN map_from_entries(list_filter(_a.a0, lambda _e, _i: "
            + "list_position(list_transform(_a.a0, lambda _o: _o.key), _e.key) = _i)) END",
        $"flatten(list_transform(list({{0}}){Behind}, lambda _m: map_entries(_m)))");

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        Of("any_value(T) -> T", "any_value({0}{order})"),
        Of("arbitrary(T) -> T", "any_value({0}{order})"),
        Counted("approx_distinct(T) -> bigint", "DISTINCT "),
        Counted("approx_distinct(T, double) -> bigint", "DISTINCT "),
        Of("array_agg(T) -> array(T)", "list({distinct}{0}{order})"),
        Of("avg(bigint) -> double", "avg({distinct}CAST({0} AS DOUBLE))"),
        Of("avg(double) -> double", "avg({distinct}{0})"),
        Of("avg(real) -> real", $"CAST(avg({{distinct}}{{0}}){Behind} AS FLOAT)", isWhole: true),
        Of("avg(decimal) -> decimal", "") with { Result = types => types[0], Render = AverageOfDecimals },
        Of("avg(interval day to second) -> interval day to second",
            $"to_microseconds(CAST(round(avg({{distinct}}epoch_us({{0}})){Behind} / 1000) AS BIGINT) * 1000)", isWhole: true),
        Of("avg(interval year to month) -> interval year to month",
            $"to_months(CAST(round(avg({{distinct}}12 * datepart('year', {{0}}) + datepart('month', {{0}})){Behind}) AS INTEGER))", isWhole: true),
        Of("bitwise_and_agg(bigint) -> bigint", "bit_and({0})"),
        Of("bitwise_or_agg(bigint) -> bigint", "bit_or({0})"),
        Of("bitwise_xor_agg(bigint) -> bigint", "bit_xor({0})"),
        Of("bool_and(boolean) -> boolean", "bool_and({0})"),
        Of("bool_or(boolean) -> boolean", "bool_or({0})"),
        Of("count() -> bigint", "count(*)"),
        Counted("count(T) -> bigint", "{distinct}"),
        Of("count_if(boolean) -> bigint", $"coalesce(CAST(count_if({{0}}){Behind} AS BIGINT), 0)", isWhole: true),
        Of("every(boolean) -> boolean", "bool_and({0})"),
        Of("histogram(T) -> map(T, bigint)", LetAs(
            "_h", "CASE WHEN _h.a0 IS NOT NULL THEN map_from_entries(list_transform(map_entries(_h.a0), "
                + "lambda _e: {'key': _e.key, 'value': CAST(_e.value AS BIGINT)})) END",
            $"histogram({{0}}){Behind}"), isWhole: true),
        Of("listagg(varchar) -> varchar", "string_agg({distinct}{0}, ''{order})"),
        Of("listagg(varchar, varchar) -> varchar", "string_agg({distinct}{0}, {1}{order})"),
        Of("map_agg(K, V) -> map(K, V)", FirstOfEachKey, isWhole: true),
        Of("map_union(map(K, V)) -> map(K, V)", UnionOfMaps, isWhole: true),
        Of("max(T) -> T", "max({0})"),
        Of("min(T) -> T", "min({0})"),
        Of("max(T, bigint) -> array(T)", Extreme("DESC"), isWhole: true),
        Of("min(T, bigint) -> array(T)", Extreme("ASC"), isWhole: true),
        Of("max_by(T, U) -> T", "arg_max_null({0}, {1})"),
        Of("min_by(T, U) -> T", "arg_min_null({0}, {1})"),
        Of("max_by(T, U, bigint) -> array(T)", ExtremeBy("DESC"), isWhole: true),
        Of("min_by(T, U, bigint) -> array(T)", ExtremeBy("ASC"), isWhole: true),
        Of("multimap_agg(K, V) -> map(K, array(V))", AllOfEachKey, isWhole: true),
        .. Integers.Select(type => Of($"sum({type}) -> bigint", $"CAST(sum({{distinct}}{{0}}){Behind} AS BIGINT)", isWhole: true)),
        Of("sum(double) -> double", "sum({distinct}{0})"),
        Of("sum(real) -> real", $"CAST(sum({{distinct}}{{0}}){Behind} AS FLOAT)", isWhole: true),
        Of("sum(decimal) -> decimal", "") with
        {
            Result = types => types[0] is DecimalType type ? type with { Precision = 38 } : types[0],
            Render = call => $"CAST(sum({{distinct}}{{0}}){Behind} AS {DuckDbType.Of(call.Result)})",
        },
        Of("sum(interval day to second) -> interval day to second",
            $"to_microseconds(CAST(sum({{distinct}}epoch_us({{0}})){Behind} AS BIGINT))", isWhole: true),
        Of("sum(interval year to month) -> interval year to month",
            $"to_months(CAST(sum({{distinct}}12 * datepart('year', {{0}}) + datepart('month', {{0}})){Behind} AS INTEGER))", isWhole: true),
    ];

    // Instants are one whatever zone shows them.
    private static SqlFunction Counted(string signature, string distinct) => new(signature, "")
    {
        Kind = FunctionKind.Aggregate,
        Render = call => $"count({distinct}{(call.Types[0] is TimestampType { HasZone: true } ? "{0}.instant" : "{0}")}){Behind}",
    };

    private static SqlFunction Of(string signature, string sql, bool isWhole = false) =>
        new(signature, isWhole || sql.Length == 0 ? sql : sql + Behind) { Kind = FunctionKind.Aggregate };

    private static string Extreme(string order) => LetAs(
        "_a",
        $"CASE WHEN len(_a.a0) > 0 THEN list_sort(_a.a0, '{order}')[1:{Checked}] END",
        $"list_filter(list({{0}}){Behind}, lambda _x: _x IS NOT NULL)",
        $"max({{1}}){Behind}");

    private static string ExtremeBy(string order) => LetAs(
        "_a",
        $"CASE WHEN len(_a.a0) > 0 THEN list_transform(list_sort(_a.a0, '{order}')[1:{Checked}], lambda _e: _e.v) END",
        $"list_filter(list({{'k': {{1}}, 'v': {{0}}}}){Behind}, lambda _e: _e.k IS NOT NULL)",
        $"max({{2}}){Behind}");

    private static string AverageOfDecimals(FunctionCall call) => call.Types[0] is DecimalType type
        ? $"CAST(athena_average(CAST(sum({{distinct}}{{0}}){Behind} AS VARCHAR), count({{distinct}}{{0}}){Behind}, {type.Scale}) "
            + $"AS {DuckDbType.Of(call.Result)})"
        : "NULL";
}
