using System.Text.Json.Nodes;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class ShapeTests
{
    public static TheoryData<string, string> Shapes => new()
    {
        { "our own", MadeUp.Own(MadeUp.Row("s1"), MadeUp.Row("s2")).ToJsonString() },
        { "page", MadeUp.Page(MadeUp.Row("s1"), MadeUp.Row("s2")).ToJsonString() },
        { "page, 2026 keys", MadeUp.Page(MadeUp.NewRow(MadeUp.Track("s1")), MadeUp.NewRow(MadeUp.Track("s2"))).ToJsonString() },
        { "playlist", MadeUp.Playlist("tracks", MadeUp.Row("s1"), MadeUp.Row("s2")).ToJsonString() },
        { "playlist, 2026 keys", MadeUp.Playlist("items", MadeUp.NewRow(MadeUp.Track("s1")), MadeUp.Row("s2")).ToJsonString() },
        { "list of one playlist", new JsonArray(MadeUp.Playlist("tracks", MadeUp.Row("s1"), MadeUp.Row("s2"))).ToJsonString() },
        { "list of one playlist, 2026 keys", new JsonArray(MadeUp.Playlist("items", MadeUp.Row("s1"), MadeUp.Row("s2"))).ToJsonString() },
        { "list of one page", new JsonArray(MadeUp.Page(MadeUp.Row("s1"), MadeUp.Row("s2"))).ToJsonString() },
        { "list of our own", new JsonArray(MadeUp.Own(MadeUp.Row("s1"), MadeUp.Row("s2"))).ToJsonString() },
        { "list of rows", new JsonArray(MadeUp.Row("s1"), MadeUp.NewRow(MadeUp.Track("s2"))).ToJsonString() },
        { "page of bare tracks", MadeUp.Page(MadeUp.Track("s1"), MadeUp.Track("s2")).ToJsonString() },
        { "list of bare tracks", new JsonArray(MadeUp.Track("s1"), MadeUp.Track("s2")).ToJsonString() },
        { "tracks in an object", Tracks("s1", "s2") },
        { "list of two pages", new JsonArray(MadeUp.Page(MadeUp.Row("s1")), MadeUp.Page(MadeUp.Row("s2"))).ToJsonString() },
        { "list of two playlists", new JsonArray(MadeUp.Playlist("tracks", MadeUp.Row("s1")), MadeUp.Playlist("items", MadeUp.Row("s2"))).ToJsonString() },
        { "two lists of tracks", $"{Tracks("s1")} {Tracks("s2")}" },
        { "rows, one a line", $"{MadeUp.Row("s1").ToJsonString()}\n{MadeUp.NewRow(MadeUp.Track("s2")).ToJsonString()}\n" },
        { "bare tracks, one a line", $"{MadeUp.Track("s1").ToJsonString()}\r\n{MadeUp.Track("s2").ToJsonString()}" },
        { "pages, one a line", $"{MadeUp.Page(MadeUp.Row("s1")).ToJsonString()}\n{MadeUp.Page(MadeUp.Row("s2")).ToJsonString()}" },
        { "our own, one after another", $"{MadeUp.Own(MadeUp.Row("s1"))}{MadeUp.Own(MadeUp.Row("s2"))}" },
        { "lists of rows, one a line", $"{new JsonArray(MadeUp.Row("s1")).ToJsonString()}\n{new JsonArray(MadeUp.Row("s2")).ToJsonString()}" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_shape_gives_its_rows(string shape, string json)
    {
        var run = await Transformation.OfAsync(json);

        Assert.Equal(2, run.Good.Items);
        Assert.True(run.Column(Table.Playlist, "song_id") is ["s1", "s2"], shape);
        Assert.Equal(["s1", "s2"], run.Column(Table.Song, "song_id"));
        Assert.Empty(run.Good.Rejected);
    }

    [Fact]
    public async Task An_empty_list_is_a_playlist_without_rows()
    {
        var run = await Transformation.OfAsync("[ ]");

        Assert.Equal(0, run.Good.Items);
        Assert.Equal("snapshot", Assert.Single(run.Good.Tables).Table);
        Assert.Equal(("0", "true"), (run.Cell(Table.Snapshot, "items"), run.Cell(Table.Snapshot, "complete")));
    }

    [Fact]
    public async Task An_empty_page_is_a_playlist_without_rows() =>
        Assert.Equal(0, (await Transformation.OfAsync("""{"items":[]}""")).Good.Items);

    [Theory]
    [InlineData("track")]
    [InlineData("item")]
    public async Task A_list_of_one_row_is_a_list_of_rows(string key)
    {
        var run = await Transformation.OfAsync(new JsonArray(new JsonObject { [key] = MadeUp.Track("s1") }));

        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task A_list_of_one_with_added_at_is_a_list_of_rows_whatever_else_it_has()
    {
        var element = MadeUp.Page(MadeUp.Row("s1"));
        element["added_at"] = null;

        var run = await Transformation.OfAsync(new JsonArray(element), maxRejectedShare: 1);

        Assert.Equal("no_track", run.Cell(Table.Rejected, "reason"));
    }

    [Theory]
    [InlineData("""{"type":"track"}""", "no_id")]
    [InlineData("""{"type":"episode"}""", "episode")]
    [InlineData("""{"album":{}}""", "no_id")]
    [InlineData("""{"artists":[]}""", "no_id")]
    public async Task A_list_of_one_bare_track_is_a_list_of_rows(string track, string reason)
    {
        var run = await Transformation.OfAsync($"[{track}]", maxRejectedShare: 1);

        Assert.Equal(reason, run.Cell(Table.Rejected, "reason"));
    }

    [Fact]
    public async Task Items_wins_over_tracks_where_both_are_objects_with_rows()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("classic"));
        playlist["items"] = MadeUp.Page(MadeUp.Row("new"));

        Assert.Equal("new", (await Transformation.OfAsync(playlist)).Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task Tracks_counts_where_items_has_no_rows()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("classic"));
        playlist["items"] = new JsonObject { ["total"] = 1 };

        Assert.Equal("classic", (await Transformation.OfAsync(playlist)).Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task A_page_wins_over_tracks()
    {
        var page = MadeUp.Page(MadeUp.Row("page"));
        page["tracks"] = MadeUp.Page(MadeUp.Row("inner"));

        Assert.Equal("page", (await Transformation.OfAsync(page)).Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task Our_own_file_is_opened_once_and_a_foreign_one_twice()
    {
        Assert.Equal(1, await CountOpeningsAsync(MadeUp.Own(MadeUp.Row("s1"))));
        Assert.Equal(2, await CountOpeningsAsync(MadeUp.Page(MadeUp.Row("s1"))));

        static async Task<int> CountOpeningsAsync(JsonObject document)
        {
            var openings = 0;
            var lake = new Lake.MemoryLake { Before = (what, _) => openings += what == "open" ? 1 : 0 };
            await Transformation.OfAsync(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()), lake: lake);
            return openings;
        }
    }

    [Fact]
    public async Task Our_own_file_may_be_indented_and_have_more_keys_at_its_end()
    {
        var own = MadeUp.Own(MadeUp.Row("s1"));
        own["note"] = new JsonArray(1, new JsonObject { ["items"] = new JsonArray(1) });

        var run = await Transformation.OfAsync(own.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\r\n\t ");

        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""[{"name":"x"}]""")]
    [InlineData("""[{"type":"album","album":[],"artists":{}}]""")]
    [InlineData("""{"items":5,"tracks":null}""")]
    [InlineData("""{"items":{"items":{}},"tracks":{"items":"x"}}""")]
    [InlineData("""{"playlist":{"items":[]}}""")]
    [InlineData("""{"data":{"items":[]}}""")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("12.5")]
    [InlineData("  \"text\" ")]
    public async Task Other_JSON_is_defective_and_the_message_says_which_shapes_are_read(string json)
    {
        var run = await Transformation.OfAsync(json);

        Assert.Equal("unknown_shape", run.Bad.Reason);
        Assert.Contains("an object with an \"items\" array of rows", run.Bad.Message, StringComparison.Ordinal);
        Assert.Contains("a list of rows", run.Bad.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[],"items":[]}""", "items")]
    [InlineData("""{"items":[],"items":{"items":[]}}""", "items")]
    [InlineData("""{"items":{"items":[],"items":[]}}""", "items")]
    [InlineData("""{"tracks":{"items":[]},"tracks":{"items":[]}}""", "tracks")]
    [InlineData("""{"items":[],"tracks":{"items":[],"items":[]}}""", "tracks")]
    [InlineData("""[{"items":[],"items":[]}]""", "items")]
    [InlineData("""{"playlist":{},"extracted_at":"","items":[],"items":[]}""", "items")]
    [InlineData("""{"items":[],"\u0069tems":[]}""", "items")]
    public async Task Two_arrays_of_rows_under_one_key_are_defective(string json, string key)
    {
        var run = await Transformation.OfAsync(json);

        Assert.Equal("duplicate_rows", run.Bad.Reason);
        Assert.Contains($"more than one array of rows under \"{key}\"", run.Bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_key_without_rows_does_no_harm()
    {
        var run = await Transformation.OfAsync("""{"items":null,"items":[{"track":{"id":"s1","album":{"id":"b1"}}}],"items":7}""");

        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
    }

    private static string Tracks(params string[] songs) =>
        new JsonObject { ["tracks"] = new JsonArray([.. songs.Select(song => MadeUp.Track(song))]) }.ToJsonString();
}
