using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Comparison, formatting, and what is of no domain.</summary>
internal static class FormatFunctions
{
    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string, List<string?>, string>("athena_format", JavaFormat.Format),
        NativeFunction.Of<double, string>("athena_format_number", NumberText.WithUnit),
        NativeFunction.Of<string, string>("athena_parse_data_size", DataSizes.Parse),
        NativeFunction.Of<double, string>("athena_double_text", JavaFloatingPoint.Scientific),
        NativeFunction.Of<float, string>("athena_real_text", JavaFloatingPoint.Scientific),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("format(varchar, any, any...) -> varchar", "") { Render = Formatted },
        new("format_number(double) -> varchar", "athena_format_number({0})"),
        new("format_number(bigint) -> varchar", "athena_format_number(CAST({0} AS DOUBLE))"),
        new("greatest(T, T...) -> T", "") { Render = call => Extreme(call, "greatest") },
        new("least(T, T...) -> T", "") { Render = call => Extreme(call, "least") },
        new("parse_data_size(varchar) -> decimal(38,0)", "CAST(athena_parse_data_size({0}) AS DECIMAL(38, 0))") { Result = _ => new DecimalType(38, 0) },
        new("typeof(any) -> varchar", "") { Render = call => TypeName(Literal($"{call.Types[0]}")) },
        new("uuid() -> varchar", "CAST(uuid() AS VARCHAR)"),
    ];

    // What it is asked of stays in it: an aggregate is one still.
    private static string TypeName(string name) => $"CASE WHEN {{0}} IS NULL THEN {name} ELSE {name} END";

    private static string Extreme(FunctionCall call, string name) => call.Types.Count == 1
        ? "{0}"
        : Let(
            NullWith(
                $"{name}({string.Join(", ", call.Types.Select((_, index) => $"_v.a{index}"))})", [.. call.Types.Select((_, index) => $"_v.a{index}")]),
            [.. call.Types.Select((_, index) => $"{{{index}}}")]);

    private static string Formatted(FunctionCall call)
    {
        var kinds = call.Types.Skip(1).Select(type => type switch
        {
            SimpleType { Name: "boolean" } => 'b',
            SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" } => 'i',
            SimpleType { Name: "real" } => 'r',
            SimpleType { Name: "double" } => 'd',
            DecimalType => 'n',
            SimpleType { Name: "date" } => 'D',
            TimeType => 't',
            TimestampType { HasZone: true } => 'Z',
            TimestampType => 'T',
            _ => 's',
        });
        var values = call.Types.Skip(1).Select((type, index) => Value($"{{{index + 1}}}", type));
        return $"athena_format({{0}}, '{string.Concat(kinds)}', CAST([{string.Join(", ", values)}] AS VARCHAR[]))";
    }

    private static string Value(string value, SqlType type) => type switch
    {
        SimpleType { Name: "date" } => $"CAST(epoch_us(CAST({value} AS TIMESTAMP)) AS VARCHAR)",
        TimeType => $"CAST(epoch_us(DATE '1970-01-01' + {value}) AS VARCHAR)",
        TimestampType { HasZone: true } => LetAs(
            "_t",
            $"CAST(epoch_us({ZonedTime.LocalOf("_t.a0")}) AS VARCHAR) || '|' || _t.a0.zone || '|' || athena_offset({ZonedTime.OffsetOf("_t.a0")})",
            value),
        TimestampType => $"CAST(epoch_us({value}) AS VARCHAR)",
        SimpleType { Name: "real" or "double" or "boolean" } or SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" } or DecimalType =>
            $"CAST({value} AS VARCHAR)",
        VarcharType or CharType or SimpleType { Name: "json" or "unknown" } => $"CAST({value} AS VARCHAR)",
        _ => throw new PermanentEtlException($"format: a value of type {type} has no text. CAST it to json, and that by json_format."),
    };
}
