using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>DuckDB's expression of a value as the text that Trino casts it to.</summary>
internal static class VarcharText
{
    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<double, string>("athena_java_double", JavaFloatingPoint.Text),
        NativeFunction.Of<float, string>("athena_java_real", JavaFloatingPoint.Text),
    ];

    public static string Of(string value, SqlType type) => type switch
    {
        VarcharType or CharType => value,
        SimpleType { Name: "double" } => $"athena_java_double({value})",
        SimpleType { Name: "real" } => $"athena_java_real({value})",
        SimpleType { Name: "json" } => $"CAST({value} AS VARCHAR)",
        TimestampType { HasZone: true } zoned => Expressions.LetAs(
            "_t", $"{Moment(ZonedTime.LocalOf("_t.a0.instant", "_t.a0.zone"), zoned.Precision)} || ' ' || _t.a0.zone", value),
        TimestampType timestamp => Moment(value, timestamp.Precision),
        TimeType time => $"athena_format_datetime(epoch_us(DATE '1970-01-01' + {value}), {Pattern("HH:mm:ss", time.Precision)}, 'UTC')",
        _ => $"CAST({value} AS VARCHAR)",
    };

    private static string Moment(string value, int precision) =>
        $"strftime({value}, '%Y-%m-%d %H:%M:%S') || {(precision == 0 ? "''" : $"'.' || substr(strftime({value}, '%f'), 1, {precision})")}";

    private static string Pattern(string clock, int precision) => $"'{clock}{(precision == 0 ? "" : $".{new string('S', precision)}")}'";
}
