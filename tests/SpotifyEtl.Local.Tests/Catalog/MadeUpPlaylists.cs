using System.Globalization;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Transform;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Raw files of invented playlists in which everything comes up that the queries tell apart. The 5th of January 2026 is a Monday.</summary>
internal static class MadeUpPlaylists
{
    private const string Mornings = "MadeUpPlaylistMornings";
    private const string Evenings = "MadeUpPlaylistEvenings";
    private const string Weekends = "MadeUpPlaylistWeekends";
    private const string Emptied = "MadeUpPlaylist0Emptied";

    /// <param name="rated">Whether songs have a popularity, as they had before 2026.</param>
    public static IReadOnlyDictionary<string, JsonNode> All(bool rated)
    {
        SortedDictionary<string, JsonNode> files = new(StringComparer.Ordinal)
        {
            // The same day twice, a snapshot extracted again unchanged, one that comes back, one whose rows Spotify relinked.
            [Name(Mornings, "20260105T060000Z")] = Own(
                Mornings, "m1", "Mornings (draft)", "2026-01-05T06:00:00Z", [.. Songs("track", 1, 9, rated), .. Rejects("track")]),
            [Name(Mornings, "20260105T180000Z")] = Own(Mornings, "m2", "Mornings", "2026-01-05T18:00:00Z", Songs("item", 2, 10, rated)),
            [Name(Mornings, "20260107T060000Z")] = Own(Mornings, "m2", "Mornings", "2026-01-07T06:00:00Z", Songs("item", 2, 10, rated)),
            [Name(Mornings, "20260119T060000Z")] = Own(
                Mornings, "m3", "Mornings", "2026-01-19T06:00:00Z", [.. Songs("track", 3, 12, rated).Reverse(), .. Relinked("track", 3, 4, rated)]),
            [Name(Mornings, "20260120T060000Z")] = Own(
                Mornings, "m2", "A new morning", "2026-01-20T06:00:00Z", [.. Songs("item", 4, 30, rated).Reverse(), Song("item", "s1", 4, rated)]),
            [Name(Emptied, "20260105T060000Z")] = Own(Emptied, "e1", "Soon empty", "2026-01-05T06:00:00Z", Songs("track", 1, 3, rated)),
            [Name(Emptied, "20260114T060000Z")] = Own(Emptied, "e2", "Empty", "2026-01-14T06:00:00Z"),
            [Name("MadeUpPlaylist00Unused", "20260105T060000Z")] = Own("MadeUpPlaylist00Unused", "u1", "Unused", "2026-01-05T06:00:00Z"),

            // Only the rows tell when these were taken: of one a row that is rejected, of one nothing.
            ["evenings-a.json"] = new JsonArray(Playlist(Evenings, "v4", "Evenings", "tracks", [.. Songs("track", 5, 4, rated), .. Rejects("track")[2..4]])),
            ["evenings-b.json"] = Playlist(Evenings, "v1", "Evening", "items", Songs("item", 1, 3, rated)),
            ["evenings-c.json"] = Playlist(Evenings, "v2", "Evening", "items", Songs("item", 2, 6, rated)),
            ["evenings-d.json"] = Playlist(Evenings, "v3", "Evening", "tracks", Songs("track", 2, 4, rated)),
            ["evenings-e.json"] = Playlist(Evenings, "v0", "Evening", "tracks", Untimed(Songs("track", 1, 2, rated))),

            // Pages, which name the playlist in their address, complete and not; lists; names that tell the time.
            ["page-1.json"] = Page(Weekends, 0, 7, Songs("item", 2, 4, rated)),
            ["page-2.json"] = Page(Weekends, 4, 7, Songs("item", 3, 3, rated)),
            ["weekends.json"] = Page(Weekends, 0, 6, Songs("item", 4, 6, rated)),
            ["no playlist 音楽 🎵.json"] = new JsonArray([.. Songs("track", 6, 8, rated), .. Rejects("item")]),
            ["no playlist \uFF5Ebmp.json"] = new JsonArray(Songs("track", 6, 3, rated)),
            ["spotify_raw_2026-01-08 10:22:33.123456.json"] = new JsonArray(Songs("track", 7, 3, rated)),
            // Of some days an export tells, of some the API, of some both, and the last day of the export in part.
            [Name("me-player-recently-played-user1", "20260106T120000Z")] = MadeUpPlays.RecentOwn(
                "2026-01-06T12:00:00Z", Recent("s1", "2026-01-06T11:00:00.123Z", rated), Recent("s2", "2026-01-06T10:30:00Z", rated),
                Recent("s1", "2026-01-05T09:00:00Z", rated), Recent("s3", "2026-01-04T23:59:59Z", rated)),
            [Name("me-player-recently-played-user1", "20260106T130000Z")] = MadeUpPlays.RecentOwn(
                "2026-01-06T13:00:00Z", Recent("s1", "2026-01-06T11:00:00.123Z", rated), Recent("s40", "2026-01-06T12:30:00Z", rated)),
            ["Streaming_History_Audio_2025-2026_1.json"] = new JsonArray(
                MadeUpPlays.Extended("s1", "2026-01-05T09:00:00Z", 61_000), MadeUpPlays.Extended("s1", "2026-01-05T09:00:00Z", 2_000),
                MadeUpPlays.Extended("s2", "2026-01-05T09:04:00Z"), Episode("2026-01-05T21:00:00Z", 1_800_000),
                MadeUpPlays.Extended("s9", "2026-01-06T10:31:00Z"),
                new JsonObject { ["ts"] = "2026-01-05T22:00:00Z", ["ms_played"] = 0 }),
            ["StreamingHistory0.json"] = new JsonArray(
                MadeUpPlays.LastYear("s1", "2025-12-31 23:59"), MadeUpPlays.LastYear("s1", "2025-12-31 23:59", 29_999),
                MadeUpPlays.LastYear("s2", "2026-01-05 09:04")),
            ["StreamingHistory1.json"] = new JsonArray(MadeUpPlays.LastYear("s1", "2025-12-31 23:59"), MadeUpPlays.LastYear("s5", "2025-12-31 23:58", 1_000)),
            ["two.json"] = new JsonArray(
                Playlist("MadeUpPlaylist00000One", "o1", "One", "tracks", Songs("track", 3, 3, rated)),
                Playlist("MadeUpPlaylist00000Two", "t1", "Two", "tracks", Songs("track", 4, 5, rated))),
        };
        return files;
    }

    /// <summary>A play of one of the songs as the API tells it.</summary>
    public static JsonObject Recent(string id, string playedAt, bool rated)
    {
        var play = MadeUpPlays.Recent(id, playedAt);
        play["track"] = Song("track", id, 4, rated)["track"]!.DeepClone();
        return play;
    }

    private static JsonObject Episode(string ts, int msPlayed)
    {
        var row = MadeUpPlays.Extended("", ts, msPlayed);
        row["master_metadata_track_name"] = row["spotify_track_uri"] = null;
        row["episode_name"] = "An episode";
        row["episode_show_name"] = "A show";
        row["spotify_episode_uri"] = "spotify:episode:e1";
        return row;
    }

    public static string Name(string playlist, string time) => $"spotify_raw_{playlist}_{time}.json";

    /// <summary>A raw file as our own extraction writes it.</summary>
    public static JsonObject Own(string playlist, string snapshot, string name, string extractedAt, params JsonNode?[] rows) => new()
    {
        ["playlist"] = new JsonObject { ["id"] = playlist, ["name"] = name, ["snapshot_id"] = snapshot },
        ["extracted_at"] = extractedAt,
        ["items"] = new JsonArray(rows),
    };

    public static JsonObject Playlist(string playlist, string snapshot, string name, string key, JsonNode?[] rows)
    {
        var document = MadeUp.Playlist(key, rows);
        document["id"] = playlist;
        document["snapshot_id"] = snapshot;
        document["name"] = name;
        return document;
    }

    public static JsonObject Page(string playlist, int offset, int total, JsonNode?[] rows)
    {
        var page = MadeUp.Page(rows);
        page["href"] = $"https://api.spotify.com/v1/playlists/{playlist}/items?offset={offset}&limit=100";
        page["offset"] = offset;
        page["total"] = total;
        return page;
    }

    /// <summary>A row of a song, whose names and popularity change from version to version, as do the artists of some.</summary>
    public static JsonObject Song(string style, string id, int version, bool rated)
    {
        var number = int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);
        string[] artists = (number % 4) switch
        {
            0 => [$"a{number % 7}"],
            1 => [$"a{number % 7}", $"a{(number + version) % 5}"],
            2 => [$"a{number % 3}", "a8", $"a{number % 3}"],
            _ => [],
        };
        var track = MadeUp.Track(id, artists);
        track.Remove("linked_from");
        track["name"] = (number % 5) switch
        {
            0 => $"Söng, \"{number}\" of\ntwo lines",
            1 => $"音楽 {number} v{version}",
            2 => $"🎵 v{version}",
            3 => "Same",
            _ => $"Song {number}",
        };
        track["popularity"] = rated && number % 6 > 0 ? ((number * 7) + (version * 3)) % 50 : null;
        var album = (JsonObject)track["album"]!;
        album["id"] = $"b{number / 2}";
        album["name"] = $"Album {number / 2} v{version}";
        album["release_date"] = (number % 5) switch { 0 => "0000", 1 => $"{1990 + number}", 2 => $"{1990 + number}-0{version}", _ => $"2024-02-{10 + number}" };
        foreach (var artist in track["artists"]!.AsArray().Concat(album["artists"]!.AsArray()))
        {
            artist!["name"] = artist["id"]!.GetValue<string>() is "a3" or "a4" ? "One name" : $"Artist {artist["id"]} v{version}";
        }

        var row = style == "item" ? MadeUp.NewRow(track) : MadeUp.Row(track);
        row["added_at"] = number % 9 == 8 ? null : $"{2022 + (number % 5)}-{1 + (number * version % 12):00}-{version:00}T00:{number:00}:00Z";
        return row;
    }

    /// <summary>The same row as Spotify plays it in another market.</summary>
    public static JsonObject Relinked(string style, string id, int version, bool rated)
    {
        var row = Song(style, id, version, rated);
        var track = (JsonObject)row[style]!;
        track["linked_from"] = new JsonObject { ["id"] = id, ["type"] = "track" };
        track["id"] = $"z{id}";
        track["name"] = $"Relinked {id}";
        return row;
    }

    /// <summary>A row for each reason to reject one, in the order in which they are tried, the last newer than all songs.</summary>
    public static JsonNode?[] Rejects(string style)
    {
        JsonObject[] tracks = [.. Enumerable.Range(0, 4).Select(_ => MadeUp.Track("never", "a1"))];
        tracks[0]["type"] = "episode";
        tracks[1]["is_local"] = true;
        tracks[2]["id"] = null;
        tracks[3]["album"] = null;
        JsonObject[] rows = [MadeUp.Row((JsonNode?)null), .. tracks.Select(track => style == "item" ? MadeUp.NewRow(track) : MadeUp.Row(track))];
        rows[2]["added_at"] = "2026-12-24T00:00:00Z";
        return [null, .. rows];
    }

    private static JsonNode?[] Songs(string style, int version, int count, bool rated) =>
        [.. Enumerable.Range(1, count).Select(song => Song(style, $"s{(version % 3 * 2) + song}", version, rated)), Song(style, "s7", version, rated)];

    private static JsonNode?[] Relinked(string style, int version, int count, bool rated) =>
        [.. Enumerable.Range(20, count).Select(song => Relinked(style, $"s{song}", version, rated))];

    private static JsonNode?[] Untimed(JsonNode?[] rows)
    {
        foreach (var row in rows)
        {
            row!["added_at"] = null;
        }

        return rows;
    }
}
