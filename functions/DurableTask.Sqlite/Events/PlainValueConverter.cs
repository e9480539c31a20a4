using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace DurableTask.Sqlite.Events;

/// <summary>Free-form values, such as a failure's properties: read back as strings, numbers, booleans, lists and dictionaries of these.</summary>
internal sealed class PlainValueConverter : JsonConverter
{
    private static readonly JsonSerializer s_plain = JsonSerializer.Create(new JsonSerializerSettings
    {
        DateParseHandling = DateParseHandling.None,
        ReferenceLoopHandling = ReferenceLoopHandling.Ignore,
    });

    public override bool CanConvert(Type objectType) => objectType == typeof(IDictionary<string, object?>);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => s_plain.Serialize(writer, value);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => Plain(JToken.ReadFrom(reader));

    private static object? Plain(JToken token) => token switch
    {
        JObject values => values.Properties().ToDictionary(property => property.Name, property => Plain(property.Value), StringComparer.Ordinal),
        JArray values => values.Select(Plain).ToList(),
        JValue value => value.Value,
        _ => token.ToString(),
    };
}
