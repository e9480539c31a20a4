using System.Text.Json;

namespace SpotifyEtl.Local.Demo;

/// <summary>Writes the local file that stands among the songs of the demo as the Web API does, field for field.</summary>
internal static class DemoLocalFileJson
{
    public static byte[] Row(DateTime addedAt) => DemoJson.Row(addedAt, isLocal: true, json =>
    {
        json.WriteStartObject("album");
        json.WriteNull("album_type");
        DemoJson.WriteEmptyArrays(json, "artists", "available_markets");
        WriteNoLinks(json);
        DemoJson.WriteEmptyArrays(json, "images");
        json.WriteString("name", "Kitchen tapes");
        json.WriteNull("release_date");
        json.WriteNull("release_date_precision");
        json.WriteString("type", "album");
        json.WriteNull("uri");
        json.WriteEndObject();
        json.WriteStartArray("artists");
        json.WriteStartObject();
        WriteNoLinks(json);
        json.WriteString("name", "Uncle Basil");
        json.WriteString("type", "artist");
        json.WriteNull("uri");
        json.WriteEndObject();
        json.WriteEndArray();
        DemoJson.WriteEmptyArrays(json, "available_markets");
        json.WriteNumber("disc_number", 0);
        json.WriteNumber("duration_ms", DemoJson.Milliseconds("2:05"));
        json.WriteBoolean("explicit", false);
        json.WriteStartObject("external_ids");
        json.WriteEndObject();
        WriteNoLinks(json);
        json.WriteBoolean("is_local", true);
        json.WriteString("name", "Kettle solo (kitchen take)");
        json.WriteNumber("popularity", 0);
        json.WriteNull("preview_url");
        json.WriteNumber("track_number", 0);
        json.WriteString("type", "track");
        json.WriteString("uri", "spotify:local:Uncle+Basil:Kitchen+tapes:Kettle+solo+%28kitchen+take%29:125");
    });

    private static void WriteNoLinks(Utf8JsonWriter json)
    {
        json.WriteStartObject("external_urls");
        json.WriteEndObject();
        json.WriteNull("href");
        json.WriteNull("id");
    }
}
