using System.Globalization;

namespace SpotifyEtl.Local.AthenaSql.Types;

/// <summary>
/// Writes floating-point numbers as Java, and by that Athena, does: the fewest digits that read back the same, at least one after the
/// point, and an exponent below 0.001 and from ten million on.
/// </summary>
internal static class JavaFloatingPoint
{
    public static string Text(double value) => Text(value, value.ToString("R", CultureInfo.InvariantCulture));

    public static string Text(float value) => Text(value, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>
    /// As CAST to varchar does: always with an exponent, so that <c>0.1</c> is <c>1.0E-1</c> (Trino's DoubleOperators; the pattern is 0.0###E0).
    /// </summary>
    public static string Scientific(double value) => Scientific(value, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The same of a real, of which seven digits are told.</summary>
    public static string Scientific(float value) => Scientific(value, ((double)value).ToString("E6", CultureInfo.InvariantCulture));

    private static string Scientific(double value, string digitsOf)
    {
        if (!double.IsFinite(value))
        {
            return Text(value);
        }

        var (digits, exponent) = Decompose(digitsOf);
        var text = value == 0 ? "0E0" : $"{digits[0]}.{OrZero(digits[1..])}E{exponent}";
        return double.IsNegative(value) ? $"-{text}" : text;
    }

    private static string Text(double value, string shortest)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var (digits, exponent) = Decompose(shortest);
        var text = exponent switch
        {
            < -3 or >= 7 => $"{digits[0]}.{OrZero(digits[1..])}E{exponent}",
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ => $"{digits.PadRight(exponent + 1, '0')[..(exponent + 1)]}.{OrZero(digits[Math.Min(digits.Length, exponent + 1)..])}",
        };
        return double.IsNegative(value) ? $"-{text}" : text;
    }

    /// <summary>The significant digits, without zeros around them, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Decompose(string shortest)
    {
        var parts = shortest.TrimStart('-').Split('E');
        var number = parts[0].Split('.');
        var all = string.Concat(number);
        var digits = all.Trim('0');
        if (digits.Length == 0)
        {
            return ("0", 0);
        }

        var power = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return (digits, power + number[0].Length - 1 - all.IndexOf(digits[0], StringComparison.Ordinal));
    }

    private static string OrZero(string digits) => digits.Length == 0 ? "0" : digits;
}
