using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Spotify;

/// <summary>Reads names and texts of JSON as it came: what is no UTF-8, or half of a surrogate pair, is U+FFFD and no failure.</summary>
internal static class ReceivedText
{
    /// <summary>Whether the reader stands on this name.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? Of(ref reader) == Encoding.UTF8.GetString(name) : reader.ValueSpan.SequenceEqual(name);

    /// <summary>The text of the string or name that the reader stands on.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Every escape of JSON is one of regular expressions too.
            var text = Regex.Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
    }
}
