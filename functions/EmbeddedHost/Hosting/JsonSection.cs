using System.Text.Json;

namespace EmbeddedHost.Hosting;

/// <summary>An object in a settings file; one that is not there has no members. Values of another kind than asked for are refused by name.</summary>
internal readonly struct JsonSection(string file, string path, JsonElement element)
{
    public JsonSection Section(string name) => !TryGet(name, out var value) ? new(file, path + name + ".", default)
        : value.ValueKind is JsonValueKind.Object ? new(file, path + name + ".", value)
        : throw NotAllowed(name, value.GetRawText(), "an object");

    public string? Text(string name) => !TryGet(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : throw NotAllowed(name, value.GetRawText(), "a text");

    public bool? Flag(string name) => !TryGet(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw NotAllowed(name, value.GetRawText(), "true or false");

    public int? Positive(string name, int most = int.MaxValue) => !TryGet(name, out var value) ? null
        : value.ValueKind is not JsonValueKind.Number || !value.TryGetInt32(out var number) || number <= 0
            ? throw NotAllowed(name, value.GetRawText(), "a whole number above zero")
        : number > most ? throw NotAllowed(name, value.GetRawText(), $"at most {most}")
        : number;

    public TEnum? OneOf<TEnum>(string name)
        where TEnum : struct, Enum => !TryGet(name, out var value) ? null : Parse<TEnum>(name, value);

    /// <summary>All members, whose values are names of one kind.</summary>
    public Dictionary<string, TEnum> Members<TEnum>()
        where TEnum : struct, Enum
    {
        Dictionary<string, TEnum> members = new(StringComparer.Ordinal);
        if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                members[member.Name] = Parse<TEnum>(member.Name, member.Value);
            }
        }

        return members;
    }

    public HostConfigurationException NotAllowed(string name, string value, string allowed) => new($"{file}: {path}{name} is {value}; it must be {allowed}.");

    private TEnum Parse<TEnum>(string name, JsonElement value)
        where TEnum : struct, Enum =>
        value.ValueKind is JsonValueKind.String && Enum.TryParse<TEnum>(value.GetString(), ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw NotAllowed(name, value.GetRawText(), "one of " + string.Join(", ", Enum.GetNames<TEnum>()));

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;
    }
}
