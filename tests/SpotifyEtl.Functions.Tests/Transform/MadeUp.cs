using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>Invented playlist data in the API's shapes.</summary>
internal static class MadeUp
{
    public static JsonObject Artist(string id) => new()
    {
        ["external_urls"] = new JsonObject { ["spotify"] = $"https://open.spotify.com/artist/{id}" },
        ["href"] = $"https://api.spotify.com/v1/artists/{id}",
        ["id"] = id,
        ["name"] = $"Artist {id}",
        ["type"] = "artist",
        ["uri"] = $"spotify:artist:{id}",
    };

    public static JsonObject Album(string id, params string[] artists) => new()
    {
        ["album_type"] = "single",
        ["artists"] = new JsonArray([.. artists.Select(Artist)]),
        ["external_urls"] = new JsonObject { ["spotify"] = $"https://open.spotify.com/album/{id}" },
        ["href"] = $"https://api.spotify.com/v1/albums/{id}",
        ["id"] = id,
        ["images"] = new JsonArray(new JsonObject { ["height"] = 640, ["url"] = $"https://i.scdn.co/image/{id}", ["width"] = 640 }),
        ["name"] = $"Album {id}",
        ["release_date"] = "2021-03-04",
        ["release_date_precision"] = "day",
        ["total_tracks"] = 12,
        ["type"] = "album",
        ["uri"] = $"spotify:album:{id}",
    };

    public static JsonObject Track(string id, params string[] artists) => new()
    {
        ["album"] = Album($"album-{id}", artists),
        ["artists"] = new JsonArray([.. artists.Select(Artist)]),
        ["available_markets"] = new JsonArray("DE", "SE"),
        ["disc_number"] = 1,
        ["duration_ms"] = 215000,
        ["episode"] = false,
        ["explicit"] = false,
        ["external_ids"] = new JsonObject { ["isrc"] = $"ISRC{id}" },
        ["external_urls"] = new JsonObject { ["spotify"] = $"https://open.spotify.com/track/{id}" },
        ["href"] = $"https://api.spotify.com/v1/tracks/{id}",
        ["id"] = id,
        ["is_local"] = false,
        ["is_playable"] = true,
        ["linked_from"] = new JsonObject { ["id"] = $"linked-{id}", ["type"] = "track" },
        ["name"] = $"Song {id}",
        ["popularity"] = 77,
        ["preview_url"] = null,
        ["track"] = true,
        ["track_number"] = 7,
        ["type"] = "track",
        ["uri"] = $"spotify:track:{id}",
    };

    /// <summary>A row in the classic style.</summary>
    public static JsonObject Row(JsonNode? track) => new()
    {
        ["added_at"] = "2024-05-31T16:25:46Z",
        ["added_by"] = new JsonObject { ["id"] = "someone", ["type"] = "user" },
        ["is_local"] = false,
        ["primary_color"] = null,
        ["track"] = track,
        ["video_thumbnail"] = new JsonObject { ["url"] = null },
    };

    public static JsonObject Row(string id) => Row(Track(id, "a1"));

    /// <summary>A row in the style of 2026.</summary>
    public static JsonObject NewRow(JsonNode? track)
    {
        var row = Row((JsonNode?)null);
        row.Remove("track");
        row["item"] = track;
        return row;
    }

    public static JsonObject Page(params JsonNode?[] rows) => new()
    {
        ["href"] = "https://api.spotify.com/v1/playlists/x/tracks",
        ["items"] = new JsonArray(rows),
        ["limit"] = 100,
        ["next"] = null,
        ["total"] = rows.Length,
    };

    /// <summary>A whole playlist, with its page under "tracks" or "items".</summary>
    public static JsonObject Playlist(string key, params JsonNode?[] rows) => new()
    {
        ["collaborative"] = false,
        ["id"] = "playlist1",
        ["name"] = "A playlist",
        ["owner"] = new JsonObject { ["id"] = "owner1" },
        ["snapshot_id"] = "snapshot1",
        [key] = Page(rows),
        ["type"] = "playlist",
    };

    /// <summary>A raw file as our own extraction writes it.</summary>
    public static JsonObject Own(params JsonNode?[] rows) => new()
    {
        ["playlist"] = new JsonObject
        {
            ["id"] = "playlist1",
            ["name"] = "A playlist",
            ["owner"] = new JsonObject { ["id"] = "owner1", ["display_name"] = "Owner 1" },
            ["snapshot_id"] = "snapshot1",
        },
        ["extracted_at"] = "2024-06-05T06:00:00Z",
        ["items"] = new JsonArray(rows),
    };
}
