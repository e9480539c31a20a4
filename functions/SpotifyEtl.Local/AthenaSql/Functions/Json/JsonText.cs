using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>JSON as Trino writes it: without spaces, and the fields of what was parsed in their names' order.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <exception cref="PermanentEtlException">It is no JSON.</exception>
    public static string Canonical(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var written = new StringBuilder(text.Length);
            Write(document.RootElement, written);
            return written.ToString();
        }
        catch (JsonException exception)
        {
            throw new PermanentEtlException($"Cannot convert value to JSON: '{text}'", exception);
        }
    }

    public static bool IsScalar(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        }
        catch (JsonException exception)
        {
            throw new PermanentEtlException($"Invalid JSON value: {text}", exception);
        }
    }

    /// <summary>The value that a reader stands at, and at whose end it then stands.</summary>
    public static string Copied(ref Utf8JsonReader reader)
    {
        var written = new StringBuilder();
        var depth = 0;
        var isFirst = true;
        do
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                written.Append(reader.TokenType is JsonTokenType.EndArray ? ']' : '}');
                depth--;
                isFirst = false;
                continue;
            }

            written.Append(isFirst ? "" : ",");
            isFirst = false;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    written.Append(reader.TokenType is JsonTokenType.StartArray ? '[' : '{');
                    depth++;
                    isFirst = true;
                    break;
                case JsonTokenType.PropertyName:
                    Quote(reader.GetString()!, written);
                    written.Append(':');
                    isFirst = true;
                    break;
                case JsonTokenType.String:
                    Quote(reader.GetString()!, written);
                    break;
                case JsonTokenType.Number:
                    written.Append(Number(Encoding.UTF8.GetString(reader.ValueSpan)));
                    break;
                default:
                    written.Append(Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
            }
        }
        while (depth > 0 && reader.Read());

        return written.ToString();
    }

    public static void Quote(string text, StringBuilder written)
    {
        written.Append('"');
        foreach (var character in text)
        {
            written.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => @"\b",
                '\t' => @"\t",
                '\n' => @"\n",
                '\f' => @"\f",
                '\r' => @"\r",
                < ' ' => $"\\u{((int)character).ToString("X4", CultureInfo.InvariantCulture)}",
                _ => character.ToString(),
            });
        }

        written.Append('"');
    }

    private static void Write(JsonElement element, StringBuilder written)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var field in element.EnumerateObject())
                {
                    fields[field.Name] = field.Value;
                }

                var isFirstField = true;
                written.Append('{');
                foreach (var (name, value) in fields)
                {
                    written.Append(isFirstField ? "" : ",");
                    isFirstField = false;
                    Quote(name, written);
                    written.Append(':');
                    Write(value, written);
                }

                written.Append('}');
                break;
            case JsonValueKind.Array:
                written.Append('[');
                var isFirst = true;
                foreach (var item in element.EnumerateArray())
                {
                    written.Append(isFirst ? "" : ",");
                    Write(item, written);
                    isFirst = false;
                }

                written.Append(']');
                break;
            case JsonValueKind.String:
                Quote(element.GetString()!, written);
                break;
            case JsonValueKind.Number:
                written.Append(Number(element.GetRawText()));
                break;
            default:
                written.Append(element.GetRawText());
                break;
        }
    }

    private static string Number(string text) => text.AsSpan().ContainsAny(".eE")
        ? JavaFloatingPoint.Text(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        : BigInteger.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
