using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>An album's release date, which the API gives as a year, a month or a day.</summary>
internal static class ReleaseDate
{
    public const int Length = 10;

    /// <summary>Writes YYYY, YYYY-MM or YYYY-MM-DD as YYYY-MM-DD, padded with 01.</summary>
    /// <returns>The bytes written: <see cref="Length"/>, or 0 when the text is no real date of one of these forms.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.Length is not (4 or 7 or 10))
        {
            return 0;
        }

        text.CopyTo(destination);
        "-01-01"u8[(text.Length - 4)..].CopyTo(destination[text.Length..]);
        return IsDate(destination[..Length]) ? Length : 0;
    }

    /// <summary>Whether the text is a day of the calendar as YYYY-MM-DD.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == Length && text[4] == '-' && text[7] == '-'
        && Digits.TryRead(text[..4], out var year) && Digits.TryRead(text[5..7], out var month) && Digits.TryRead(text[8..10], out var day)
        && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
}
