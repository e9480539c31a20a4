using System.Text.Json.Nodes;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class HeadTests
{
    [Fact]
    public async Task Our_own_file_says_playlist_snapshot_and_time()
    {
        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row("s1")));

        Assert.Equal(["playlist1", "snapshot1", "2024-06-05T06:00:00Z", "1", "s1", "2024-05-31 16:25:46+00:00"], Assert.Single(run.Rows(Table.Playlist))[..6]);
    }

    [Fact]
    public async Task Every_table_that_a_playlist_fills_has_the_time()
    {
        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row("s1")));

        Assert.All(
            Table.All.Where(table => table != Table.Rejected && table != Table.Play),
            table => Assert.Equal("2024-06-05T06:00:00Z", run.Cell(table, "extracted_at")));
    }

    [Fact]
    public async Task The_document_wins_over_the_files_name()
    {
        var own = MadeUp.Own(MadeUp.Row("s1"));
        own["extracted_at"] = "2020-01-02T03:04:05.678+01:00";

        var run = await Transformation.OfAsync(own, Transformation.OwnName);

        Assert.Equal(["playlist1", "snapshot1", "2020-01-02T02:04:05Z"], run.Rows(Table.Playlist)[0][..3]);
    }

    [Theory]
    [InlineData("""{"id":"","snapshot_id":null}""", "\"\"")]
    [InlineData("""{"id":7,"snapshot_id":8}""", "1717567200")]
    [InlineData("""{"id":["x"],"snapshot_id":{"id":"y"}}""", "{\"id\":\"2020-01-01T00:00:00Z\"}")]
    [InlineData("{}", "\"2024-06-05\"")]
    public async Task What_the_document_does_not_say_comes_from_a_name_of_our_own_pattern(string playlist, string extractedAt)
    {
        var own = MadeUp.Own(MadeUp.Row("s1"));
        own["playlist"] = JsonNode.Parse(playlist);
        own["extracted_at"] = JsonNode.Parse(extractedAt);

        var run = await Transformation.OfAsync(own, Transformation.OwnName);

        Assert.Equal(["37i9dQZEVXbMDoHDwVN2tF", "", "2024-06-05T06:00:00Z"], run.Rows(Table.Playlist)[0][..3]);
    }

    [Fact]
    public async Task Each_value_comes_from_where_it_is_known_on_its_own()
    {
        var own = MadeUp.Own(MadeUp.Row("s1"));
        own["extracted_at"] = "yesterday";

        var run = await Transformation.OfAsync(own, Transformation.OwnName);

        Assert.Equal(["playlist1", "snapshot1", "2024-06-05T06:00:00Z"], run.Rows(Table.Playlist)[0][..3]);
    }

    [Fact]
    public async Task What_neither_says_is_empty()
    {
        var run = await Transformation.OfAsync(MadeUp.Page(MadeUp.Row("s1")), "page_1.json");

        Assert.Equal(["", "", ""], run.Rows(Table.Playlist)[0][..3]);
        Assert.Equal("", run.Cell(Table.Song, "extracted_at"));
    }

    [Theory]
    [InlineData("https://api.spotify.com/v1/playlists/PlaylistOne00000000001/tracks?offset=0&limit=100", "PlaylistOne00000000001")]
    [InlineData("https://api.spotify.com/v1/playlists/PlaylistOne00000000001/items", "PlaylistOne00000000001")]
    [InlineData("https://api.spotify.com/v1/users/someone/playlists/PlaylistOne00000000001/tracks", "PlaylistOne00000000001")]
    [InlineData("https://api.spotify.com/v1/playlists/PlaylistOne00000000001", "PlaylistOne00000000001")]
    [InlineData("https://api.spotify.com/v1/playlists/PlaylistOne0000000000/tracks", "")]
    [InlineData("https://api.spotify.com/v1/playlists/PlaylistOne0000000000-/tracks", "")]
    [InlineData("https://api.spotify.com/v1/me/top/tracks", "")]
    public async Task A_page_names_its_playlist_by_its_address(string href, string playlistId)
    {
        var page = MadeUp.Page(MadeUp.Row("s1"));
        page["href"] = href;

        Assert.Equal(playlistId, (await Transformation.OfAsync(page)).Cell(Table.Playlist, "playlist_id"));
    }

    [Fact]
    public async Task A_playlist_without_an_id_is_named_by_the_address_of_its_rows()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("s1"));
        playlist.Remove("id");
        playlist["tracks"]!["href"] = "https://api.spotify.com/v1/playlists/PlaylistOne00000000001/tracks";

        Assert.Equal("PlaylistOne00000000001", (await Transformation.OfAsync(playlist)).Cell(Table.Playlist, "playlist_id"));
    }

    [Theory]
    [InlineData("spotify_raw_2024-06-05 10:22:33.123456.json", "2024-06-05T10:22:33Z")]
    [InlineData("spotify_raw_2024-06-05 10:22:33.json", "2024-06-05T10:22:33Z")]
    [InlineData("spotify_raw_2024-06-05 10:22:33.123456~0123abcd.json", "2024-06-05T10:22:33Z")]
    [InlineData("spotify_raw_37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z~0123abcd.json", "2024-06-05T06:00:00Z")]
    [InlineData("spotify_raw_2024-06-31 10:22:33.123456.json", "")]
    [InlineData("2024-06-05 10:22:33.123456.json", "")]
    public async Task The_tutorials_name_says_the_time_too_and_a_mark_of_a_renamed_file_nothing(string name, string extractedAt)
    {
        var page = MadeUp.Page(MadeUp.Row("s1"));
        page["href"] = null;

        var run = await Transformation.OfAsync(page, name);

        Assert.Equal(extractedAt, run.Cell(Table.Song, "extracted_at"));
        Assert.Equal(name, run.Cell(Table.Song, "raw_file"));
        Assert.Equal(name.Contains('Z', StringComparison.Ordinal) ? "37i9dQZEVXbMDoHDwVN2tF" : "", run.Cell(Table.Playlist, "playlist_id"));
    }

    [Fact]
    public async Task A_playlist_object_says_its_own_id_and_snapshot()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("s1"));
        playlist["extracted_at"] = "2024-06-05T06:00:00Z";

        foreach (var document in new JsonNode[] { playlist, new JsonArray(playlist.DeepClone()) })
        {
            var run = await Transformation.OfAsync(document, Transformation.OwnName);

            Assert.Equal(["playlist1", "snapshot1", "2024-06-05T06:00:00Z"], run.Rows(Table.Playlist)[0][..3]);
        }
    }

    [Fact]
    public async Task A_page_does_not_take_its_own_id_for_the_playlists()
    {
        var page = MadeUp.Page(MadeUp.Row("s1"));
        page["id"] = "page";
        page["snapshot_id"] = "page";

        Assert.Equal(["", ""], (await Transformation.OfAsync(page)).Rows(Table.Playlist)[0][..2]);
    }

    [Fact]
    public async Task In_a_foreign_file_the_head_may_follow_the_rows()
    {
        var page = MadeUp.Page(MadeUp.Row("s1"));
        page["extracted_at"] = "2024-06-05T06:00:00Z";
        page["playlist"] = new JsonObject { ["snapshot_id"] = "snapshot1", ["id"] = "playlist1" };

        Assert.Equal(["playlist1", "snapshot1", "2024-06-05T06:00:00Z"], (await Transformation.OfAsync(page)).Rows(Table.Playlist)[0][..3]);
    }

    [Fact]
    public async Task Of_repeated_keys_in_a_foreign_head_the_last_one_counts()
    {
        const string Json = """
            {"extracted_at":"2020-01-01T00:00:00Z","playlist":{"id":"old","snapshot_id":"old"},"items":[{"track":{"id":"s1","album":{"id":"b1"}}}],
             "playlist":{"id":"older","id":"new"},"extracted_at":"2024-06-05T06:00:00Z"}
            """;

        Assert.Equal(["new", "", "2024-06-05T06:00:00Z"], (await Transformation.OfAsync(Json)).Rows(Table.Playlist)[0][..3]);
    }

    [Fact]
    public async Task In_our_own_file_what_stands_before_the_rows_counts()
    {
        const string Json = """
            {"playlist":{"id":"p","snapshot_id":"n"},"extracted_at":"2024-06-05T06:00:00Z","items":[{"track":{"id":"s1","album":{"id":"b1"}}}],
             "playlist":{"id":"late"},"extracted_at":"2030-01-01T00:00:00Z"}
            """;

        Assert.Equal(["p", "n", "2024-06-05T06:00:00Z"], (await Transformation.OfAsync(Json)).Rows(Table.Playlist)[0][..3]);
    }

    [Fact]
    public async Task A_file_that_only_begins_like_our_own_is_foreign()
    {
        const string Json = """
            {"playlist":{"id":"p"},"extracted_at":"2024-06-05T06:00:00Z","items":null,
             "items":[{"track":{"id":"s1","album":{"id":"b1"}}}],"playlist":{"id":"late"}}
            """;

        Assert.Equal("late", (await Transformation.OfAsync(Json)).Cell(Table.Playlist, "playlist_id"));
    }

    [Fact]
    public async Task Escapes_in_the_head_are_resolved()
    {
        const string Json = """
            {"pl\u0061ylist":{"id":"a\tb\nc","snapshot_id":"\ud83d\ude00\ud800"},"items":[{"track":{"id":"s1","album":{"id":"b1"}}}]}
            """;

        Assert.Equal(["a\tb c", "\U0001F600\uFFFD"], (await Transformation.OfAsync(Json)).Rows(Table.Playlist)[0][..2]);
    }
}
