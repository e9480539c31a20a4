using System.Globalization;
using System.Numerics;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>A number as all of its digits and a power of ten.</summary>
internal static class ExactNumber
{
    public static (BigInteger Digits, int Exponent, bool IsNegative) Parse(string number)
    {
        var isNegative = number.StartsWith('-');
        var parts = number.TrimStart('-', '+').ToUpperInvariant().Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var power = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return (digits, power - (point < 0 ? 0 : parts[0].Length - point - 1), isNegative);
    }

    public static string Fixed(BigInteger digits, int exponent, int decimals)
    {
        var scaled = Rounded(digits, exponent + decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return decimals == 0 ? scaled : $"{scaled[..^decimals]}.{scaled[^decimals..]}";
    }

    public static string Scientific(BigInteger digits, int exponent, int decimals)
    {
        var first = digits.IsZero ? 0 : exponent + digits.ToString(CultureInfo.InvariantCulture).Length - 1;
        var rounded = Rounded(digits, exponent - first + decimals).ToString(CultureInfo.InvariantCulture);
        if (rounded.Length > decimals + 1)
        {
            (rounded, first) = (rounded[..^1], first + 1);
        }

        rounded = rounded.PadRight(decimals + 1, '0');
        var sign = first < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{rounded[0]}{(decimals > 0 ? "." : "")}{rounded[1..]}e{sign}{Math.Abs(first):00}");
    }

    /// <summary>Whether Java's %g writes it without an exponent: from 0.0001 on, and below ten to the precision.</summary>
    public static bool IsPlain(BigInteger digits, int exponent, int precision, out int decimals)
    {
        var first = digits.IsZero ? 0 : exponent + digits.ToString(CultureInfo.InvariantCulture).Length - 1;
        if (!digits.IsZero && Rounded(digits, exponent - first + precision - 1) >= BigInteger.Pow(10, precision))
        {
            first++;
        }

        decimals = Math.Max(0, precision - 1 - first);
        return digits.IsZero || (first >= -4 && first < precision);
    }

    private static BigInteger Rounded(BigInteger digits, int exponent)
    {
        if (exponent >= 0)
        {
            return digits * BigInteger.Pow(10, exponent);
        }

        if (exponent < -2000)
        {
            return BigInteger.Zero;
        }

        var unit = BigInteger.Pow(10, -exponent);
        return (digits * 2 + unit) / (unit * 2);
    }
}
