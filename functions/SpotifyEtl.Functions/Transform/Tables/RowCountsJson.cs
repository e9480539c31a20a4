using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyEtl.Transform.Tables;

/// <summary>Reads counts that another version wrote, too: a table that they lack has none, one that is no more is passed over.</summary>
internal sealed class RowCountsJson : JsonConverter<RowCounts>
{
    public override RowCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RowCounts.Of(JsonSerializer.Deserialize<Dictionary<string, long>>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, RowCounts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var table in Table.All)
        {
            writer.WriteNumber(table.Name, value[table]);
        }

        writer.WriteEndObject();
    }
}
