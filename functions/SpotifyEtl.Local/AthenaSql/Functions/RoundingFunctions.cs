using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Rounding. What it makes of a decimal has a precision of its own.</summary>
internal static class RoundingFunctions
{
    private static readonly string[] Integers = ["tinyint", "smallint", "integer", "bigint"];

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<double, long, double>("athena_round", Rounding.Round),
        NativeFunction.Of<string, long, string>("athena_round_decimal", Rounding.RoundDecimal),
        NativeFunction.Of<string, long, string>("athena_truncate_decimal", Rounding.TruncateDecimal),
        NativeFunction.Of<string, long, int, string?>("athena_average", Rounding.Average),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. ToWhole("ceil", "ceil"),
        .. ToWhole("ceiling", "ceil"),
        .. ToWhole("floor", "floor"),
        .. Integers.Select(type => new SqlFunction($"round({type}) -> {type}", "{0}")),
        .. Integers.Select(type => new SqlFunction(
            $"round({type}, integer) -> {type}", $"CAST(athena_round_decimal(CAST({{0}} AS VARCHAR), CAST({{1}} AS BIGINT)) AS {type})")),
        new("round(double) -> double", "athena_round({0}, 0)"),
        new("round(double, integer) -> double", "athena_round({0}, CAST({1} AS BIGINT))"),
        new("round(real) -> real", "CAST(athena_round(CAST({0} AS DOUBLE), 0) AS FLOAT)"),
        new("round(real, integer) -> real", "CAST(athena_round(CAST({0} AS DOUBLE), CAST({1} AS BIGINT)) AS FLOAT)"),
        new("round(decimal) -> decimal", "")
        {
            Result = types => types[0] is DecimalType type ? Whole(type) : types[0],
            Render = call => $"CAST(round({{0}}, 0) AS {DuckDbType.Of(call.Result)})",
        },
        new("round(decimal, integer) -> decimal", "")
        {
            Result = types => types[0] is DecimalType type ? type with { Precision = Math.Min(38, type.Precision + 1) } : types[0],
            Render = call => $"CAST(athena_round_decimal(CAST({{0}} AS VARCHAR), CAST({{1}} AS BIGINT)) AS {DuckDbType.Of(call.Result)})",
        },
        new("truncate(double) -> double", "trunc({0})"),
        new("truncate(real) -> real", "CAST(trunc({0}) AS FLOAT)"),
        new("truncate(decimal) -> decimal", "")
        {
            Result = types => types[0] is DecimalType type ? new DecimalType(Math.Max(1, type.Precision - type.Scale), 0) : types[0],
            Render = call => $"CAST(trunc({{0}}) AS {DuckDbType.Of(call.Result)})",
        },
        new("truncate(decimal, integer) -> decimal", "")
        {
            Result = types => types[0],
            Render = call => $"CAST(athena_truncate_decimal(CAST({{0}} AS VARCHAR), CAST({{1}} AS BIGINT)) AS {DuckDbType.Of(call.Result)})",
        },
    ];

    private static DecimalType Whole(DecimalType type) => new(Math.Max(1, Math.Min(38, type.Precision - type.Scale + Math.Min(1, type.Scale))), 0);

    private static IEnumerable<SqlFunction> ToWhole(string name, string sql) =>
    [
        .. Integers.Select(type => new SqlFunction($"{name}({type}) -> {type}", "{0}")),
        new($"{name}(double) -> double", $"{sql}({{0}})"),
        new($"{name}(real) -> real", $"CAST({sql}({{0}}) AS FLOAT)"),
        new($"{name}(decimal) -> decimal", "")
        {
            Result = types => types[0] is DecimalType type ? Whole(type) : types[0],
            Render = call => $"CAST({sql}({{0}}) AS {DuckDbType.Of(call.Result)})",
        },
    ];
}
