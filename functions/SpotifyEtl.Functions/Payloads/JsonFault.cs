using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Payloads;

/// <summary>What is wrong with JSON, said of its fields: the serializer's own words name types of .NET.</summary>
public static partial class JsonFault
{
    /// <summary>Says it of JSON whose fields are known.</summary>
    /// <param name="exception">What the serializer threw.</param>
    /// <param name="whole">What the JSON is, such as <c>The body</c>.</param>
    /// <param name="fields">The fields, by name and with a dot before those inside, and what each must be.</param>
    public static string Of(JsonException exception, string whole, IReadOnlyDictionary<string, string> fields)
    {
        var field = FieldOf(exception);
        return exception.InnerException is JsonException ? $"{whole} is not JSON: {Syntax(exception)}"
            : field.Length == 0 ? $"{whole} must be a JSON object with the fields that are wanted of {string.Join(", ", fields.Keys)}."
            : fields.TryGetValue(field, out var allowed) ? $"The field {field} must be {allowed}."
            : $"There is no field {field}. The fields are {string.Join(", ", fields.Keys)}.";
    }

    /// <summary>Says it of JSON of which nothing more is known.</summary>
    public static string Of(JsonException exception) =>
        exception is { InnerException: not JsonException, Path: not null }
            ? $"the field '{FieldOf(exception)}' is missing, or holds something of another kind than it must."
            : Syntax(exception);

    // The parser's own words, with the place counted from one as editors do.
    private static string Syntax(JsonException exception)
    {
        var words = exception.InnerException is JsonException parser ? parser.Message : exception.Message;
        var text = Place().Replace(words, string.Empty).Trim();
        return exception is { LineNumber: { } line, BytePositionInLine: { } position } ? $"{text} (line {line + 1}, byte {position + 1})" : text;
    }

    private static string FieldOf(JsonException exception) => Index().Replace(exception.Path ?? string.Empty, string.Empty).TrimStart('$').TrimStart('.');

    [GeneratedRegex(@"( Path: .*)? LineNumber: \d+ .*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
