using System.Text.Json.Nodes;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>Raw files of invented songs, in the shape of a playlist page.</summary>
internal static class RawFile
{
    /// <summary>A page of songs whose ids begin with a prefix.</summary>
    public static string Page(string prefix, int songs) => new JsonObject
    {
        ["href"] = "https://api.spotify.com/v1/playlists/x/tracks",
        ["items"] = new JsonArray([.. Enumerable.Range(0, songs).Select(number => Row($"{prefix}{number}"))]),
        ["total"] = songs,
    }.ToJsonString();

    private static JsonObject Row(string id) => new()
    {
        ["added_at"] = "2024-05-31T16:25:46Z",
        ["is_local"] = false,
        ["track"] = new JsonObject
        {
            ["album"] = new JsonObject
            {
                ["album_type"] = "album",
                ["artists"] = new JsonArray(Artist("b" + id)),
                ["external_urls"] = Url("album/" + id),
                ["id"] = "album" + id,
                ["name"] = $"Album, \"{id}\"",
                ["release_date"] = "1999-07",
                ["release_date_precision"] = "month",
                ["total_tracks"] = 9,
            },
            ["artists"] = new JsonArray(Artist("a" + id), Artist("c" + id)),
            ["duration_ms"] = 200_000,
            ["explicit"] = true,
            ["external_ids"] = new JsonObject { ["isrc"] = "ZZ" + id },
            ["external_urls"] = Url("track/" + id),
            ["id"] = id,
            ["name"] = "Söng " + id,
            ["popularity"] = 50,
            ["type"] = "track",
        },
    };

    private static JsonObject Artist(string id) => new() { ["external_urls"] = Url("artist/" + id), ["id"] = id, ["name"] = "Artist " + id };

    private static JsonObject Url(string path) => new() { ["spotify"] = "https://open.spotify.com/" + path };
}
