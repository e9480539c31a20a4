using System.Globalization;
using System.Text.Json;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Items of a JSON array; null where there is none.</summary>
internal static class JsonArrays
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    public static long? Length(string json) => Of<long?>(json, items => items.Count);

    /// <summary>From the end for negative indexes.</summary>
    public static string? Get(string json, long index) => Of(json, items =>
    {
        var place = index < 0 ? items.Count + index : index;
        return place < 0 || place >= items.Count ? null
            : items[(int)place].ValueKind switch
            {
                JsonValueKind.Null => null,
                _ => JsonText.Canonical(items[(int)place].GetRawText()),
            };
    });

    public static bool? Contains(string json, string value, string type) => Of<bool?>(json, items => items.Any(item => item.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => type == "boolean" && string.Equals(item.GetRawText(), value, StringComparison.Ordinal),
        JsonValueKind.String => type == "varchar" && string.Equals(item.GetString(), value, StringComparison.Ordinal),
        JsonValueKind.Number when IsWhole(item) => type == "bigint" && item.TryGetInt64(out var number)
            && number == long.Parse(value, CultureInfo.InvariantCulture),
        JsonValueKind.Number => type == "double" && item.GetDouble().Equals(double.Parse(value, CultureInfo.InvariantCulture)),
        _ => false,
    }));

    private static bool IsWhole(JsonElement number) => !number.GetRawText().AsSpan().ContainsAny(".eE");

    private static T? Of<T>(string json, Func<List<JsonElement>, T?> compute)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind is JsonValueKind.Array ? compute([.. document.RootElement.EnumerateArray()]) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
