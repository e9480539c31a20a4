using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SpotifyEtl.Local.Demo;

/// <summary>Writes what the rows of the demo have in common, as the Web API does, field for field.</summary>
internal static class DemoJson
{
    // The API sends text of any script as it is.
    private static readonly JsonWriterOptions s_asTheApi = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_markets = ["BR", "DE", "IN", "JP", "KE", "SE", "US"];

    /// <summary>One JSON object, as bytes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, s_asTheApi))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Who keeps the playlist.</summary>
    public static void WriteCurator(Utf8JsonWriter json, string member, bool withName)
    {
        json.WriteStartObject(member);
        if (withName)
        {
            json.WriteString("display_name", DemoPlays.UserName);
        }

        WriteUser(json);
        json.WriteEndObject();
    }

    /// <summary>Writes who the demo's user is, but for the name.</summary>
    public static void WriteUser(Utf8JsonWriter json)
    {
        WriteLinks(json, "user", DemoPlays.UserId);
        WriteType(json, "user", DemoPlays.UserId);
    }

    public static void WriteLinks(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject("external_urls");
        json.WriteString("spotify", $"https://open.spotify.com/{type}/{id}");
        json.WriteEndObject();
        json.WriteString("href", $"https://api.spotify.com/v1/{type}s/{id}");
        json.WriteString("id", id);
    }

    public static void WriteType(Utf8JsonWriter json, string type, string id)
    {
        json.WriteString("type", type);
        json.WriteString("uri", $"spotify:{type}:{id}");
    }

    /// <summary>A row of the playlist, around its item.</summary>
    public static byte[] Row(DateTime addedAt, bool isLocal, Action<Utf8JsonWriter> writeItem) => Object(json =>
    {
        json.WriteString("added_at", addedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        WriteCurator(json, "added_by", withName: false);
        json.WriteBoolean("is_local", isLocal);
        json.WriteNull("primary_color");
        json.WriteStartObject("item");
        writeItem(json);
        json.WriteEndObject();
        json.WriteStartObject("video_thumbnail");
        json.WriteNull("url");
        json.WriteEndObject();
    });

    public static void WriteImages(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray("images");
        foreach (var size in (int[])[640, 300, 64])
        {
            json.WriteStartObject();
            json.WriteNumber("height", size);
            json.WriteString("url", $"https://i.scdn.co/image/{DemoId.Hex($"image {size}", name)}");
            json.WriteNumber("width", size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteMarkets(Utf8JsonWriter json)
    {
        json.WriteStartArray("available_markets");
        foreach (var market in s_markets)
        {
            json.WriteStringValue(market);
        }

        json.WriteEndArray();
    }

    public static void WriteEmptyArrays(Utf8JsonWriter json, params string[] members)
    {
        foreach (var member in members)
        {
            json.WriteStartArray(member);
            json.WriteEndArray();
        }
    }

    /// <summary>The milliseconds of a length such as <c>3:05</c>.</summary>
    public static int Milliseconds(string length)
    {
        var parts = length.Split(':');
        return 1000 * ((60 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
