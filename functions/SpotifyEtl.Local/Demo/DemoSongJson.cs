using System.Text.Json;

namespace SpotifyEtl.Local.Demo;

/// <summary>Writes a song of the demo as the Web API does, field for field.</summary>
internal static class DemoSongJson
{
    public static byte[] Row(DemoAlbum album, DemoSong song, int number, DateTime addedAt) => DemoJson.Row(
        addedAt, isLocal: false, json => WriteTrack(json, album, song, number));

    /// <summary>Writes the members of the song.</summary>
    public static void WriteTrack(Utf8JsonWriter json, DemoAlbum album, DemoSong song, int number)
    {
        var artist = song.Artist ?? album.Artist;
        var key = $"{artist}/{song.Title}";
        WriteAlbum(json, album);
        WriteArtists(json, [artist, .. song.Guests]);
        DemoJson.WriteMarkets(json);
        json.WriteNumber("disc_number", 1);
        json.WriteNumber("duration_ms", DemoJson.Milliseconds(song.Length) + DemoId.Number("ms", key, 1000));
        json.WriteBoolean("episode", false);
        json.WriteBoolean("explicit", song.Explicit);
        json.WriteStartObject("external_ids");
        json.WriteString("isrc", $"ZZDEM{album.Released.AsSpan(2, 2)}{DemoId.Number("isrc", key, 100_000):D5}");
        json.WriteEndObject();
        DemoJson.WriteLinks(json, "track", DemoId.Of("track", key));
        json.WriteBoolean("is_local", false);
        json.WriteString("name", song.Title);
        json.WriteNumber("popularity", song.Popularity);
        json.WriteNull("preview_url");
        json.WriteBoolean("track", true);
        json.WriteNumber("track_number", number);
        DemoJson.WriteType(json, "track", DemoId.Of("track", key));
    }

    private static void WriteAlbum(Utf8JsonWriter json, DemoAlbum album)
    {
        var id = DemoId.Of("album", $"{album.Artist}/{album.Name}");
        json.WriteStartObject("album");
        json.WriteString("album_type", album.Type);
        WriteArtists(json, [album.Artist]);
        DemoJson.WriteMarkets(json);
        DemoJson.WriteLinks(json, "album", id);
        DemoJson.WriteImages(json, album.Name);
        json.WriteString("name", album.Name);
        json.WriteString("release_date", album.Released);
        json.WriteString("release_date_precision", album.Released.Length switch { 4 => "year", 7 => "month", _ => "day" });
        json.WriteNumber("total_tracks", album.Tracks);
        DemoJson.WriteType(json, "album", id);
        json.WriteEndObject();
    }

    private static void WriteArtists(Utf8JsonWriter json, string[] names)
    {
        json.WriteStartArray("artists");
        foreach (var name in names)
        {
            var id = DemoId.Of("artist", name);
            json.WriteStartObject();
            DemoJson.WriteLinks(json, "artist", id);
            json.WriteString("name", name);
            DemoJson.WriteType(json, "artist", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
