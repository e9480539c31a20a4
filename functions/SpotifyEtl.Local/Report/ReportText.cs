using System.Globalization;
using System.Text;

namespace SpotifyEtl.Local.Report;

/// <summary>Text of the data on its way into the page, which encodes it: what is left to do here is what no encoding settles.</summary>
public static class ReportText
{
    /// <summary>
    /// The text with pictures in place of control characters, which HTML does not allow, and � in place of what would turn the letters
    /// after it around. That a text is written from right to left is the page's matter.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(character => char.IsControl(character) || IsTurning(character)))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (var character in text)
        {
            clean.Append(Picture(character));
        }

        return clean.ToString();
    }

    /// <summary>A column's name as a heading: <c>mean_popularity</c> as <c>mean popularity</c>.</summary>
    public static string Heading(string column) => column.Replace('_', ' ');

    /// <summary>Such as <c>2026-11-22 06:00:03 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The time that a query gave, which is in UTC; null: it gave none.</summary>
    public static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Such as <c>4.2 s</c>, <c>3 min 20 s</c>, <c>5 h 2 min</c>, <c>12 days</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0} s"),
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalDays: < 3 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{Count((long)time.TotalDays)} days",
    };

    /// <summary>Such as <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string Decapitalized(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static char Picture(char character) => character switch
    {
        < ' ' => (char)(0x2400 + character),
        _ when char.IsControl(character) || IsTurning(character) => '\uFFFD',
        _ => character,
    };

    private static bool IsTurning(char character) => character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
