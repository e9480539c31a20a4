using System.Globalization;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// Points in time as raw files have them: ISO 8601, <c>YYYY-MM-DDThh:mm[:ss[.fraction]]</c> with Z, an offset, or neither, which means UTC.
/// </summary>
internal static class UtcTime
{
    /// <summary>The length of <c>YYYY-MM-DD hh:mm:ss+00:00</c>.</summary>
    public const int AddedAtLength = 25;

    /// <summary>The length of <c>YYYY-MM-DDThh:mm:ssZ</c>.</summary>
    public const int ExtractedAtLength = 20;

    /// <summary>Reads a time and brings it to UTC, its fraction cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc) => TryParse(text, out utc, out _) && text[10] == 'T';

    /// <summary>Reads a time, with <c>T</c> or a space before its hour, and brings it to UTC, its fraction cut after microseconds.</summary>
    public static bool TryParseMicroseconds(ReadOnlySpan<byte> text, out DateTime utc)
    {
        var isTime = TryParse(text, out utc, out var microseconds);
        utc = utc.AddMicroseconds(microseconds);
        return isTime;
    }

    /// <summary>The start of a day that <see cref="ReleaseDate.IsDate"/> holds of.</summary>
    public static DateTime DayOf(ReadOnlySpan<byte> text)
    {
        Digits.TryRead(text[..4], out var year);
        Digits.TryRead(text[5..7], out var month);
        Digits.TryRead(text[8..10], out var day);
        return new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc, out int microseconds)
    {
        utc = default;
        microseconds = 0;
        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || !ReleaseDate.IsDate(text[..10])
            || !TryReadBelow(24, text[11..13], out var hour) || !TryReadBelow(60, text[14..16], out var minute))
        {
            return false;
        }

        var rest = text[16..];
        var second = 0;
        if (rest.Length >= 3 && rest[0] == ':')
        {
            if (!TryReadBelow(60, rest[1..3], out second))
            {
                return false;
            }

            rest = rest[3..];
            if (!rest.IsEmpty && rest[0] is (byte)'.' or (byte)',')
            {
                var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                digits = digits < 0 ? rest.Length - 1 : digits;
                if (digits == 0)
                {
                    return false;
                }

                microseconds = MicrosecondsOf(rest[1..(1 + digits)]);
                rest = rest[(1 + digits)..];
            }
        }

        if (!TryReadOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = (DayOf(text) + new TimeSpan(hour, minute, second)).Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Writes <c>YYYY-MM-DD hh:mm:ss+00:00</c>, or nothing when the text is no time.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteAddedAt(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (!TryParse(text, out var utc))
        {
            return 0;
        }

        utc.TryFormat(destination, out _, "u", CultureInfo.InvariantCulture);
        "+00:00"u8.CopyTo(destination[19..]);
        return AddedAtLength;
    }

    /// <summary>The time as <c>YYYY-MM-DDThh:mm:ssZ</c>.</summary>
    public static byte[] ToExtractedAt(DateTime utc)
    {
        var text = new byte[ExtractedAtLength];
        utc.TryFormat(text, out _, "s", CultureInfo.InvariantCulture);
        text[^1] = (byte)'Z';
        return text;
    }

    private static int MicrosecondsOf(ReadOnlySpan<byte> fraction)
    {
        var microseconds = 0;
        for (var place = 0; place < 6; place++)
        {
            microseconds = (microseconds * 10) + (place < fraction.Length ? fraction[place] - '0' : 0);
        }

        return microseconds;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        var minute = 0;
        if (!TryReadBelow(24, text[1..3], out var hour) || (text.Length > 3 && !TryReadBelow(60, text[^2..], out minute)))
        {
            return false;
        }

        offset = new TimeSpan(hour, minute, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryReadBelow(int limit, ReadOnlySpan<byte> text, out int value) => Digits.TryRead(text, out value) && value < limit;
}
