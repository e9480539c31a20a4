using SpotifyEtl.Local.AthenaSql.DuckDb;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Numbers, bits and vectors.</summary>
internal static class NumberFunctions
{
    private static readonly string[] Integers = ["tinyint", "smallint", "integer", "bigint"];
    private static readonly string[] Numbers = [.. Integers, "real", "double"];

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, long, long>("athena_from_base", Bases.Parse),
        NativeFunction.Of<long, long, string>("athena_to_base", Bases.Text),
        NativeFunction.Of<double, double, double>("athena_pow", Math.Pow),
        NativeFunction.Of<double, double>("athena_cbrt", Rounding.CubeRoot),
        NativeFunction.Of<double, double, double>("athena_remainder", (number, divisor) => number % divisor),
        NativeFunction.Of<double, double>("athena_ln", Math.Log),
        NativeFunction.Of<double, double>("athena_log10", Math.Log10),
        NativeFunction.Of<double, double>("athena_sqrt", Math.Sqrt),
        NativeFunction.Of<double, double>("athena_acos", Math.Acos),
        NativeFunction.Of<double, double>("athena_asin", Math.Asin),
        NativeFunction.Of<double, double>("athena_sin", Math.Sin),
        NativeFunction.Of<double, double>("athena_cos", Math.Cos),
        NativeFunction.Of<double, double>("athena_tan", Math.Tan),
        NativeFunction.Of<double, double>("athena_exp", Math.Exp),
        NativeFunction.Of<double, double, double, long, long>("athena_width_bucket", Buckets.Of),
        NativeFunction.Of<double, List<double>, long>("athena_width_bucket_of_bins", Buckets.Of),
        NativeFunction.Of<long, long, long>("athena_left_shift", (value, shift) => shift >= 64 ? 0 : value << (int)shift),
        NativeFunction.Of<long, long, int, long>("athena_right_shift", Bits.RightShift),
        NativeFunction.Of<long, long, long>("athena_bit_count", Bits.Count),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Each("abs", Numbers, "abs({0})"),
        new("abs(decimal) -> decimal", "abs({0})") { Result = types => types[0] },
        new("acos(double) -> double", "athena_acos({0})"),
        new("asin(double) -> double", "athena_asin({0})"),
        new("atan(double) -> double", "atan({0})"),
        new("atan2(double, double) -> double", "atan2({0}, {1})"),
        new("bit_count(bigint, bigint) -> bigint", "athena_bit_count({0}, {1})"),
        new("bitwise_and(bigint, bigint) -> bigint", "({0} & {1})"),
        new("bitwise_not(bigint) -> bigint", "(~{0})"),
        new("bitwise_or(bigint, bigint) -> bigint", "({0} | {1})"),
        new("bitwise_xor(bigint, bigint) -> bigint", "xor({0}, {1})"),
        .. Shifts("bitwise_left_shift", "CAST(athena_left_shift({0}, {1}) AS {type})", "athena_wrapped"),
        .. Shifts("bitwise_right_shift", "CAST(athena_right_shift({0}, {1}, {bits}) AS {type})", ""),
        .. Shifts("bitwise_right_shift_arithmetic", "CAST({0} >> least({1}, 63) AS {type})", ""),
        new("cbrt(double) -> double", "athena_cbrt({0})"),
        new("cos(double) -> double", "athena_cos({0})"),
        new("cosh(double) -> double", "cosh({0})"),
        new("cosine_similarity(map(varchar, double), map(varchar, double)) -> double", Vectors.CosineOfMaps),
        new("cosine_similarity(array(double), array(double)) -> double", Vectors.CosineOfArrays),
        new("degrees(double) -> double", "degrees({0})"),
        new("e() -> double", "CAST(2.718281828459045 AS DOUBLE)"),
        new("exp(double) -> double", "athena_exp({0})"),
        new("from_base(varchar, bigint) -> bigint", "athena_from_base({0}, {1})"),
        new("infinity() -> double", "CAST('inf' AS DOUBLE)"),
        new("is_finite(double) -> boolean", "isfinite({0})"),
        new("is_infinite(double) -> boolean", "isinf({0})"),
        new("is_nan(double) -> boolean", "isnan({0})"),
        new("is_nan(real) -> boolean", "isnan({0})"),
        new("ln(double) -> double", "athena_ln({0})"),
        new("log(double, double) -> double", "athena_ln({1}) / athena_ln({0})"),
        new("log10(double) -> double", "athena_log10({0})"),
        new("log2(double) -> double", "athena_ln({0}) / CAST(0.6931471805599453 AS DOUBLE)"),
        .. Integers.Select(type => new SqlFunction($"mod({type}, {type}) -> {type}", Let(
            $"CASE WHEN _v.a1 = 0 THEN {Error("'Division by zero'")} ELSE CAST(_v.a0 % _v.a1 AS {type}) END", "{0}", "{1}"))),
        new("mod(decimal, decimal) -> decimal", "")
        {
            Result = types => Modulus((Types.DecimalType)types[0], (Types.DecimalType)types[1]),
            Render = call => Let(
                $"CASE WHEN _v.a1 = 0 THEN {Error("'Division by zero'")} ELSE CAST(_v.a0 % _v.a1 AS {DuckDbType.Of(call.Result)}) END", "{0}", "{1}"),
        },
        new("mod(double, double) -> double", "athena_remainder({0}, {1})"),
        new("mod(real, real) -> real", "CAST(athena_remainder(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE)) AS FLOAT)"),
        new("nan() -> double", "CAST('nan' AS DOUBLE)"),
        new("pi() -> double", "pi()"),
        new("pow(double, double) -> double", "athena_pow({0}, {1})"),
        new("power(double, double) -> double", "athena_pow({0}, {1})"),
        new("radians(double) -> double", "radians({0})"),
        .. Random("rand"),
        .. Random("random"),
        .. Each("sign", Integers, "CAST(sign({0}) AS {type})"),
        new("sign(double) -> double", "CASE WHEN isnan({0}) OR {0} = 0 THEN {0} ELSE CAST(sign({0}) AS DOUBLE) END"),
        new("sign(real) -> real", "CASE WHEN isnan({0}) OR {0} = 0 THEN {0} ELSE CAST(sign({0}) AS FLOAT) END"),
        new("sign(decimal) -> decimal(1,0)", "CAST(sign({0}) AS DECIMAL(1, 0))") { Result = _ => new Types.DecimalType(1, 0) },
        new("sin(double) -> double", "athena_sin({0})"),
        new("sinh(double) -> double", "sinh({0})"),
        new("sqrt(double) -> double", "athena_sqrt({0})"),
        new("tan(double) -> double", "athena_tan({0})"),
        new("tanh(double) -> double", "tanh({0})"),
        new("to_base(bigint, bigint) -> varchar", "athena_to_base({0}, {1})"),
        new("width_bucket(double, double, double, bigint) -> bigint", "athena_width_bucket({0}, {1}, {2}, {3})"),
        new("width_bucket(double, array(double)) -> bigint", "athena_width_bucket_of_bins({0}, {1})"),
    ];

    private static IEnumerable<SqlFunction> Each(string name, string[] types, string sql) => types.Select(type => new SqlFunction(
        $"{name}({type}) -> {type}", sql.Replace("{type}", type == "real" ? "FLOAT" : type.ToUpperInvariant(), StringComparison.Ordinal)));

    private static IEnumerable<SqlFunction> Shifts(string name, string sql, string wrapped) =>
        Integers.Zip([8, 16, 32, 64], (type, bits) => new SqlFunction(
            $"{name}({type}, bigint) -> {type}",
            (wrapped.Length > 0 && bits < 64 ? Wrapped(bits) : sql)
                .Replace("{type}", type.ToUpperInvariant(), StringComparison.Ordinal)
                .Replace("{bits}", $"{bits}", StringComparison.Ordinal)));

    // What is shifted out of a small number is lost, and its topmost bit is the sign.
    private static string Wrapped(int bits) => $"CAST((athena_left_shift({{0}}, {{1}} + {64 - bits}) >> {64 - bits}) AS {{type}})";

    private static IEnumerable<SqlFunction> Random(string name) =>
    [
        new($"{name}() -> double", "random()"),
        .. Integers.Select(type => new SqlFunction(
            $"{name}({type}) -> {type}",
            $"CASE WHEN {{0}} > 0 THEN CAST(floor(random() * {{0}}) AS {type}) WHEN {{0}} IS NULL THEN NULL ELSE {Error("'bound must be positive'")} END")),
        .. Integers.Select(type => new SqlFunction(
            $"{name}({type}, {type}) -> {type}",
            $"CASE WHEN {{0}} < {{1}} THEN CAST({{0}} + floor(random() * ({{1}} - {{0}})) AS {type}) WHEN {{0}} IS NULL OR {{1}} IS NULL THEN NULL "
                + $"ELSE {Error("'start value must be less than stop value'")} END")),
    ];

    private static Types.DecimalType Modulus(Types.DecimalType number, Types.DecimalType divisor)
    {
        var scale = Math.Max(number.Scale, divisor.Scale);
        return new Types.DecimalType(Math.Min(38, Math.Min(number.Precision - number.Scale, divisor.Precision - divisor.Scale) + scale), scale);
    }
}
