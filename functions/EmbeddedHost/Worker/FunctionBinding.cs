using System.Text.Json;

namespace EmbeddedHost.Worker;

/// <summary>One binding of a function, as the worker describes it.</summary>
/// <param name="Name">The parameter that it binds.</param>
/// <param name="Type">Such as <c>httpTrigger</c>.</param>
/// <param name="IsInput">Whether the host gives the function a value for it.</param>
/// <param name="Json">All that the worker says of it.</param>
internal sealed record FunctionBinding(string Name, string Type, bool IsInput, JsonElement Json)
{
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static FunctionBinding Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        return new FunctionBinding(
            Text(root, "name") ?? string.Empty,
            Text(root, "type") ?? string.Empty,
            !string.Equals(Text(root, "direction"), "Out", StringComparison.OrdinalIgnoreCase),
            root);
    }

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>A text of the binding, or null.</summary>
    public string? Text(string property) => Text(Json, property);

    /// <summary>A switch of the binding.</summary>
    public bool Flag(string property, bool fallback) =>
        Find(Json, property) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : fallback;

    /// <summary>A list of texts of the binding; empty when it has none.</summary>
    public IReadOnlyList<string> Texts(string property) => Find(Json, property) is { ValueKind: JsonValueKind.Array } values
        ? [.. values.EnumerateArray().Select(value => value.ToString())]
        : [];

    private static string? Text(JsonElement json, string property) =>
        Find(json, property) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Find(JsonElement json, string property)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (string.Equals(member.Name, property, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }
}
