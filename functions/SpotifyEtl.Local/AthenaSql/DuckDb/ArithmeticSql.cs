using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Calculations in DuckDB's SQL.</summary>
internal static class ArithmeticSql
{
    private static readonly string s_zero = Error("'Division by zero'");

    /// <summary>A quotient or a rest of whole numbers.</summary>
    /// <param name="sign">/ or %.</param>
    /// <param name="left">What is divided.</param>
    /// <param name="right">By what.</param>
    /// <param name="isSimple">Whether that may be written twice.</param>
    /// <param name="isZero">Whether that is zero; null: only the rows tell.</param>
    public static string Whole(string sign, string left, string right, bool isSimple, bool? isZero)
    {
        var operation = sign is "/" ? "//" : "%";
        return (isZero, isSimple) switch
        {
            (false, _) => $"({left} {operation} {right})",
            (_, true) => $"CASE WHEN {right} = 0 THEN {s_zero} ELSE {left} {operation} {right} END",
            _ => Let($"CASE WHEN _v.a1 = 0 THEN {s_zero} ELSE _v.a0 {operation} _v.a1 END", left, right),
        };
    }

    public static string FloatingModulus(string left, string right, bool isSimple, SqlType type)
    {
        var nan = $"CAST('NaN' AS {DuckDbType.Of(type)})";
        return isSimple
            ? $"CASE WHEN {right} = 0 THEN {nan} ELSE {left} % {right} END"
            : Let($"CASE WHEN _v.a1 = 0 THEN {nan} ELSE _v.a0 % _v.a1 END", left, right);
    }

    public static string Decimal(string sign, string left, string right, DecimalType type) => sign switch
    {
        "/" => Spelling.Cast($"athena_decimal_divide(CAST({left} AS VARCHAR), CAST({right} AS VARCHAR), {type.Scale})", type),
        "%" => Spelling.Cast($"athena_decimal_modulus(CAST({left} AS VARCHAR), CAST({right} AS VARCHAR))", type),
        "*" => Spelling.Cast($"({left} * {right})", type),
        _ => Spelling.Cast($"({Spelling.Cast(left, type)} {sign} {Spelling.Cast(right, type)})", type),
    };
}
