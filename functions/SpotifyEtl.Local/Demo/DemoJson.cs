using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SpotifyEtl.Local.Demo;

/// <summary>Writes the demo's rows as the Web API does, field for field.</summary>
internal static class DemoJson
{
    private const string Curator = "spotify-etl-demo";

    // The API sends text of any script as it is.
    private static readonly JsonWriterOptions AsTheApi = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Markets = ["BR", "DE", "IN", "JP", "KE", "SE", "US"];

    public static byte[] Song(DemoAlbum album, DemoSong song, int number, DateTime addedAt) => Row(addedAt, isLocal: false, json =>
    {
        var artist = song.Artist ?? album.Artist;
        var key = $"{artist}/{song.Title}";
        WriteAlbum(json, album);
        WriteArtists(json, [artist, .. song.Guests]);
        WriteMarkets(json);
        json.WriteNumber("disc_number", 1);
        json.WriteNumber("duration_ms", Milliseconds(song.Length) + DemoId.Number("ms", key, 1000));
        json.WriteBoolean("episode", false);
        json.WriteBoolean("explicit", song.Explicit);
        json.WriteStartObject("external_ids");
        json.WriteString("isrc", $"ZZDEM{album.Released.AsSpan(2, 2)}{DemoId.Number("isrc", key, 100_000):D5}");
        json.WriteEndObject();
        WriteLinks(json, "track", DemoId.Of("track", key));
        json.WriteBoolean("is_local", false);
        json.WriteString("name", song.Title);
        json.WriteNumber("popularity", song.Popularity);
        json.WriteNull("preview_url");
        json.WriteBoolean("track", true);
        json.WriteNumber("track_number", number);
        WriteType(json, "track", DemoId.Of("track", key));
    });

    public static byte[] Episode(DateTime addedAt) => Row(addedAt, isLocal: false, json =>
    {
        const string Name = "Episode 12: how a lighthouse learned to hum";
        const string Description = "The keeper's granddaughter on foghorns, patience and the note that ships steer by.";
        json.WriteNull("audio_preview_url");
        json.WriteString("description", Description);
        json.WriteNumber("duration_ms", Milliseconds("41:07"));
        json.WriteBoolean("episode", true);
        json.WriteBoolean("explicit", false);
        WriteLinks(json, "episode", DemoId.Of("episode", Name));
        json.WriteString("html_description", $"<p>{Description}</p>");
        WriteImages(json, Name);
        json.WriteBoolean("is_externally_hosted", false);
        json.WriteBoolean("is_playable", true);
        WriteLanguages(json, withMain: true);
        json.WriteString("name", Name);
        json.WriteString("release_date", "2026-07-24");
        json.WriteString("release_date_precision", "day");
        WriteShow(json);
        json.WriteBoolean("track", false);
        WriteType(json, "episode", DemoId.Of("episode", Name));
    });

    public static byte[] LocalFile(DateTime addedAt) => Row(addedAt, isLocal: true, json =>
    {
        json.WriteStartObject("album");
        json.WriteNull("album_type");
        WriteEmptyArrays(json, "artists", "available_markets");
        WriteNoLinks(json);
        WriteEmptyArrays(json, "images");
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
        WriteEmptyArrays(json, "available_markets");
        json.WriteNumber("disc_number", 0);
        json.WriteNumber("duration_ms", Milliseconds("2:05"));
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

    /// <summary>One JSON object, as bytes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, AsTheApi))
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
            json.WriteString("display_name", "Lighthouse Radio");
        }

        WriteLinks(json, "user", Curator);
        WriteType(json, "user", Curator);
        json.WriteEndObject();
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

    private static byte[] Row(DateTime addedAt, bool isLocal, Action<Utf8JsonWriter> writeItem) => Object(json =>
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

    private static void WriteAlbum(Utf8JsonWriter json, DemoAlbum album)
    {
        var id = DemoId.Of("album", $"{album.Artist}/{album.Name}");
        json.WriteStartObject("album");
        json.WriteString("album_type", album.Type);
        WriteArtists(json, [album.Artist]);
        WriteMarkets(json);
        WriteLinks(json, "album", id);
        WriteImages(json, album.Name);
        json.WriteString("name", album.Name);
        json.WriteString("release_date", album.Released);
        json.WriteString("release_date_precision", album.Released.Length switch { 4 => "year", 7 => "month", _ => "day" });
        json.WriteNumber("total_tracks", album.Tracks);
        WriteType(json, "album", id);
        json.WriteEndObject();
    }

    private static void WriteArtists(Utf8JsonWriter json, string[] names)
    {
        json.WriteStartArray("artists");
        foreach (var name in names)
        {
            var id = DemoId.Of("artist", name);
            json.WriteStartObject();
            WriteLinks(json, "artist", id);
            json.WriteString("name", name);
            WriteType(json, "artist", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShow(Utf8JsonWriter json)
    {
        const string Name = "Liner Notes for Nobody";
        const string Description = "Stories behind records that were never made.";
        json.WriteStartObject("show");
        WriteMarkets(json);
        WriteEmptyArrays(json, "copyrights");
        json.WriteString("description", Description);
        json.WriteBoolean("explicit", false);
        WriteLinks(json, "show", DemoId.Of("show", Name));
        json.WriteString("html_description", $"<p>{Description}</p>");
        WriteImages(json, Name);
        json.WriteBoolean("is_externally_hosted", false);
        WriteLanguages(json, withMain: false);
        json.WriteString("media_type", "audio");
        json.WriteString("name", Name);
        json.WriteString("publisher", "Lighthouse Radio");
        json.WriteNumber("total_episodes", 12);
        WriteType(json, "show", DemoId.Of("show", Name));
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, string name)
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

    private static void WriteMarkets(Utf8JsonWriter json)
    {
        json.WriteStartArray("available_markets");
        foreach (var market in Markets)
        {
            json.WriteStringValue(market);
        }

        json.WriteEndArray();
    }

    private static void WriteLanguages(Utf8JsonWriter json, bool withMain)
    {
        if (withMain)
        {
            json.WriteString("language", "en");
        }

        json.WriteStartArray("languages");
        json.WriteStringValue("en");
        json.WriteEndArray();
    }

    private static void WriteNoLinks(Utf8JsonWriter json)
    {
        json.WriteStartObject("external_urls");
        json.WriteEndObject();
        json.WriteNull("href");
        json.WriteNull("id");
    }

    private static void WriteEmptyArrays(Utf8JsonWriter json, params string[] members)
    {
        foreach (var member in members)
        {
            json.WriteStartArray(member);
            json.WriteEndArray();
        }
    }

    private static int Milliseconds(string length)
    {
        var parts = length.Split(':');
        return 1000 * ((60 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
