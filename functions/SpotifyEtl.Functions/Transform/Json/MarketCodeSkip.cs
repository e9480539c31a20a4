using System.Text.Json;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// Passes over arrays of two-letter codes. Every track and every album lists all markets that have it, which no table wants and which is half
/// of a raw file; to compare each code with the look of the one before costs a fraction of what a JSON token costs.
/// </summary>
internal static class MarketCodeSkip
{
    private const int Length = 2;

    /// <summary>
    /// Moves the reader, which stands on a string in an array, to the last of the strings after it that are two capital letters each, all of
    /// them set apart in the same way. Only the reader's idea of lines falls behind by what is passed.
    /// </summary>
    /// <param name="reader">Reads <paramref name="source"/> from <paramref name="readerStart"/> on.</param>
    /// <param name="source">The bytes in memory.</param>
    /// <param name="readerStart">Where in the source the reader's bytes begin; it is moved together with the reader.</param>
    public static void Pass(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref int readerStart)
    {
        if (reader.ValueSpan.Length != Length)
        {
            return;
        }

        var here = readerStart + (int)reader.BytesConsumed;
        var passed = Measure(source[here..]);
        if (passed > 0)
        {
            readerStart = here + passed;
            reader = new Utf8JsonReader(source[readerStart..], isFinalBlock: false, reader.CurrentState);
        }
    }

    /// <summary>How many bytes are separators and codes that look alike, up to a code's closing quote.</summary>
    private static int Measure(ReadOnlySpan<byte> text)
    {
        var quote = text.IndexOf((byte)'"');
        if (quote < 1 || text[0] != ',' || text[1..quote].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            return 0;
        }

        var separator = text[..(quote + 1)];
        var stride = separator.Length + Length + 1;
        var passed = 0;
        while (text.Length - passed >= stride)
        {
            var code = text.Slice(passed + separator.Length, Length + 1);
            if (!char.IsAsciiLetterUpper((char)code[0]) || !char.IsAsciiLetterUpper((char)code[1]) || code[2] != '"'
                || !text.Slice(passed, separator.Length).SequenceEqual(separator))
            {
                break;
            }

            passed += stride;
        }

        return passed;
    }
}
