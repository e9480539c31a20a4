using Newtonsoft.Json;

namespace DurableTask.Sqlite.Events;

/// <summary>Tags, whatever class of dictionary they are in and whatever keys they have.</summary>
internal sealed class TagsConverter : JsonConverter<IDictionary<string, string>>
{
    private static readonly JsonSerializer s_plain = JsonSerializer.Create(new JsonSerializerSettings
    {
        DateParseHandling = DateParseHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
    });

    public override void WriteJson(JsonWriter writer, IDictionary<string, string>? value, JsonSerializer serializer) => s_plain.Serialize(writer, value);

    public override IDictionary<string, string>? ReadJson(
        JsonReader reader, Type objectType, IDictionary<string, string>? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        s_plain.Deserialize<Dictionary<string, string>>(reader);
}
