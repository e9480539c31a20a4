using System.Buffers.Text;
using System.Globalization;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// Whole numbers however they are spelled. Spotify sent some of its integers as floats (85.0, 1.08E7) from January to March 2024, and readers of
/// integers, Trino's among them, take no such text.
/// </summary>
internal static class WholeNumber
{
    /// <summary>The most bytes of a whole number's text.</summary>
    public const int MaxLength = 20;

    // What is longer might be whole only because it was rounded.
    private const int LongestExact = 28;

    /// <summary>Reads a JSON number that is whole and fits in 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
        {
            return true;
        }

        value = 0;
        if (text.Length > LongestExact
            || !decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        value = (long)number;
        return true;
    }

    /// <summary>Writes a whole number's digits.</summary>
    /// <returns>The bytes written: none when the text is no whole number, or is spelled as one already.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination) =>
        text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0 && TryRead(text, out var value) && Utf8Formatter.TryFormat(value, destination, out var written)
            ? written
            : 0;
}
