using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Lake.Records;

/// <summary>What is wrong with the text of a record, for people.</summary>
public static partial class RecordFault
{
    public static string Of(JsonException exception)
    {
        if (exception is { InnerException: JsonException inner, LineNumber: { } line, BytePositionInLine: { } position })
        {
            // What the reader of JSON itself found; anything else is JSON that does not fit.
            return inner.Message.Contains("any JSON tokens", StringComparison.Ordinal)
                ? "it is empty"
                : $"its JSON is broken at line {line + 1}, byte {position + 1}";
        }

        if (Lacking().Match(exception.Message) is { Success: true } lacking)
        {
            return $"it lacks {lacking.Groups["names"].Value}";
        }

        return exception.Path is { Length: > 1 } path ? $"its {path.TrimStart('$', '.')} is not what it has to be" : "it is no such record";
    }

    [GeneratedRegex("including: (?<names>'[^.]*')", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lacking();
}
