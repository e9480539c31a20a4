using System.Globalization;
using System.Text;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Report;

/// <summary>Text of the data on its way into the page, which encodes it: what is left to do here is what no encoding settles.</summary>
public static class ReportText
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

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

    /// <summary>
    /// The text as a label of a drawing, cut to so many cells. Drawings have no dir="auto": the text is set apart by characters, so that
    /// one written from right to left keeps its order and turns nothing else.
    /// </summary>
    public static string Label(string text, int cells)
    {
        var label = TerminalText.Cut(Clean(text), cells);
        return Ascii.IsValid(label) ? label : FirstStrongIsolate + label + PopIsolate;
    }

    /// <summary>A column's name as a heading: <c>mean_popularity</c> as <c>mean popularity</c>.</summary>
    public static string Heading(string column) => column.Replace('_', ' ');

    /// <summary>Such as <c>2026-11-22 06:00:03 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static char Picture(char character) => character switch
    {
        < ' ' => (char)(0x2400 + character),
        _ when char.IsControl(character) || IsTurning(character) => '\uFFFD',
        _ => character,
    };

    private static bool IsTurning(char character) => character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
