using System.Globalization;
using System.Text.Json;

namespace SpotifyEtl.Triggers;

/// <summary>
/// The fields of a JSON object that somebody sent, each of them known, given once, and of the kind that it must be. What is wrong is said in the
/// words of the request: fields and what is allowed. Upper and lower case are alike in names.
/// </summary>
internal sealed class RequestFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;

    private RequestFields(JsonElement value, string path, IReadOnlyList<string> known)
    {
        _path = path;
        foreach (var field in value.EnumerateObject())
        {
            var given = Readable(() => field.Name, "A field's name");
            var name = known.FirstOrDefault(name => name.Equals(given, StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"There is no field '{path}{given}'. Allowed are {string.Join(", ", known.Select(name => path + name))}.");
            if (!_fields.TryAdd(name, field.Value))
            {
                throw new FormatException($"The field '{path}{name}' is given twice: give it once.");
            }
        }
    }

    /// <summary>The fields of a body; none when it is empty.</summary>
    /// <exception cref="FormatException">It is no JSON object, or one with other fields.</exception>
    public static RequestFields Parse(string body, params IReadOnlyList<string> known)
    {
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(body) ? "{}" : body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? new RequestFields(root.Clone(), string.Empty, known)
                : throw new FormatException($"The body is {Kind(document.RootElement)}; {MustBe(known)}");
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                $"The body is no JSON, as line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} shows; {MustBe(known)}", exception);
        }
    }

    /// <summary>The text of a field; null: it is not given.</summary>
    public string? Text(string name, string allowed) => Find(name, allowed) is { } value ? TextOf(value, name, allowed) : null;

    /// <summary>The texts of a field that is a list of them; null: it is not given.</summary>
    public IReadOnlyList<string>? Texts(string name, string allowed)
    {
        if (Find(name, allowed) is not { } value)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, index) => TextOf(item, $"{name}[{index}]", allowed))]
            : throw Wrong(value, name, allowed);
    }

    /// <summary>Whether a field is given and true.</summary>
    public bool Flag(string name)
    {
        const string Allowed = "true or false";
        return Find(name, Allowed) is { } value
            && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(value, name, Allowed));
    }

    /// <summary>The day of a field; null: it is not given.</summary>
    public DateOnly? Day(string name)
    {
        const string Allowed = "a day such as 2026-11-22";
        return Find(name, Allowed) is not { } value ? null
            : DateOnly.TryParseExact(TextOf(value, name, Allowed), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new FormatException($"The field '{_path}{name}' is '{value.GetString()}'; it must be {Allowed}.");
    }

    /// <summary>The fields of a field that is an object; null: it is not given.</summary>
    public RequestFields? Object(string name, params IReadOnlyList<string> known)
    {
        var allowed = $"an object with any of {string.Join(", ", known)}";
        return Find(name, allowed) is not { } value ? null
            : value.ValueKind is JsonValueKind.Object ? new RequestFields(value, $"{_path}{name}.", known)
            : throw Wrong(value, name, allowed);
    }

    private static string MustBe(IReadOnlyList<string> known) => $"it must be a JSON object with any of {string.Join(", ", known)}, or empty.";

    private JsonElement? Find(string name, string allowed)
    {
        if (!_fields.TryGetValue(name, out var value))
        {
            return null;
        }

        return value.ValueKind is not JsonValueKind.Null ? value
            : throw new FormatException($"The field '{_path}{name}' is null; leave it out, or give {allowed}.");
    }

    private string TextOf(JsonElement value, string name, string allowed) =>
        value.ValueKind is JsonValueKind.String ? Readable(() => value.GetString()!, $"The field '{_path}{name}'") : throw Wrong(value, name, allowed);

    private static string Readable(Func<string> text, string what)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"{what} holds half a character (an escape of \\ud800 to \\udfff without its other half).", exception);
        }
    }

    private FormatException Wrong(JsonElement value, string name, string allowed) => new($"The field '{_path}{name}' is {Kind(value)}; it must be {allowed}.");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.GetBoolean() ? "true" : "false",
    };
}
