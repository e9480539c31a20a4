using System.Globalization;
using System.Numerics;
using Parquet.Data;

namespace SpotifyEtl.Local.Formats;

/// <summary>Reads values of a type from the text that Athena prints.</summary>
internal static class TypedText
{
    // What is not a number has no sign elsewhere, and one in .NET.
    private const NumberStyles FloatingPoint = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryBoolean(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    public static bool TryInteger(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryBigInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryReal(string text, out float value)
    {
        var isNumber = float.TryParse(text, FloatingPoint, CultureInfo.InvariantCulture, out value);
        value = float.IsNaN(value) ? float.Abs(value) : value;
        return isNumber;
    }

    public static bool TryDouble(string text, out double value)
    {
        var isNumber = double.TryParse(text, FloatingPoint, CultureInfo.InvariantCulture, out value);
        value = double.IsNaN(value) ? double.Abs(value) : value;
        return isNumber;
    }

    public static bool TryDate(string text, out DateTime value) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    /// <summary>A timestamp as microseconds since 1970.</summary>
    public static bool TryMicroseconds(string text, out long value)
    {
        var isTime = DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        value = isTime ? (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : 0;
        return isTime;
    }

    /// <summary>A number of at most so many digits, of which at most so many stand behind the point.</summary>
    public static bool TryDecimal(string text, int precision, int scale, out BigDecimal value)
    {
        value = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : text.Length - point - 1;
        var digits = (point < 0 ? text : text.Remove(point, 1)) + new string('0', Math.Max(0, scale - fraction));
        if (!text.Any(char.IsAsciiDigit) || fraction > scale
            || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled)
            || BigInteger.Abs(unscaled) >= BigInteger.Pow(10, precision))
        {
            return false;
        }

        value = new BigDecimal(unscaled, precision, scale);
        return true;
    }
}
