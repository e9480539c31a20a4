using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>What stands at a path. Text is read up to there: what is no JSON behind it does not matter, and before it makes null.</summary>
internal static class JsonExtraction
{
    private delegate T? Extractor<out T>(ref Utf8JsonReader reader);

    public static string? Value(string json, string path) => At<string>(json, path, JsonText.Copied);

    public static string? Scalar(string json, string path) => At<string>(json, path, Scalar);

    public static long? Size(string json, string path) => At<object>(json, path, Size) as long?;

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static object Size(ref Utf8JsonReader reader)
    {
        var (size, isObject) = (0L, reader.TokenType is JsonTokenType.StartObject);
        if (!isObject && reader.TokenType is not JsonTokenType.StartArray)
        {
            return size;
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            size++;
            reader.Skip();
        }

        return size;
    }

    private static T? At<T>(string json, string path, Extractor<T> extract)
        where T : class
    {
        var steps = JsonPath.Of(path);
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 1000 });
            if (!reader.Read())
            {
                return null;
            }

            foreach (var step in steps)
            {
                if (!(reader.TokenType is JsonTokenType.StartObject ? GoToField(ref reader, step) : GoToItem(ref reader, step)))
                {
                    return null;
                }
            }

            return extract(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool GoToField(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isFound = reader.ValueTextEquals(name);
            reader.Read();
            if (isFound)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool GoToItem(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType is not JsonTokenType.StartArray
            || !int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        for (var current = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; current++)
        {
            if (current == index)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
