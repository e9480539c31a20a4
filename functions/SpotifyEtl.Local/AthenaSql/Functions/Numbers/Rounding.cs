using System.Globalization;
using System.Numerics;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Rounds as Trino does: halves away from zero.</summary>
internal static class Rounding
{
    public static double Round(double number, long decimals)
    {
        if (!double.IsFinite(number))
        {
            return number;
        }

        var factor = Math.Pow(10, decimals);
        return number < 0 ? -(Whole(-number * factor) / factor) : Whole(number * factor) / factor;
    }

    /// <summary>A step nearer than the platform's: Java's is exact of cubes.</summary>
    public static double CubeRoot(double number)
    {
        var root = Math.Cbrt(number);
        return double.IsFinite(root) && root != 0 ? root - (root * root * root - number) / (3 * root * root) : root;
    }

    /// <summary>Of an exact number, as text.</summary>
    public static string RoundDecimal(string number, long decimals) => Cut(number, decimals, (left, unit) => left * 2 >= unit);

    /// <summary>A sum by a count, of as many digits after the point as the sum has.</summary>
    public static string? Average(string sum, long count, int scale)
    {
        if (count == 0)
        {
            return null;
        }

        var digits = BigInteger.Parse(sum.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var average = (BigInteger.Abs(digits) * 2 + count) / (2 * count);
        var text = average.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (digits.Sign < 0 ? "-" : "") + (scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
    }

    public static string TruncateDecimal(string number, long decimals) => Cut(number, decimals, (_, _) => false);

    // Java's rounding to a long ends where longs end.
    private static double Whole(double number)
    {
        if (number >= long.MaxValue)
        {
            return long.MaxValue;
        }

        var floor = Math.Floor(number);
        return number - floor >= 0.5 ? floor + 1 : floor;
    }

    private static string Cut(string number, long decimals, Func<BigInteger, BigInteger, bool> goesUp)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : number.Length - point - 1;
        if (decimals >= scale)
        {
            return number;
        }

        if (decimals < -40)
        {
            return "0";
        }

        var digits = BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var unit = BigInteger.Pow(10, scale - (int)decimals);
        var quotient = BigInteger.DivRem(BigInteger.Abs(digits), unit, out var left);
        var cut = (quotient + (goesUp(left, unit) ? 1 : 0)) * unit * digits.Sign;
        var text = BigInteger.Abs(cut).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (cut.Sign < 0 ? "-" : "") + (scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
    }
}
