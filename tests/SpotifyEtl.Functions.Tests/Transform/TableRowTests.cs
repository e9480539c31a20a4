using System.Text.Json.Nodes;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class TableRowTests
{
    [Fact]
    public async Task A_row_of_ours_fills_all_columns()
    {
        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(MadeUp.Track("s1", "a1", "a2"))));

        Assert.Equal(
            "album_id,name,release_date,total_tracks,url,release_date_precision,album_type,extracted_at,image_url,raw_file\n"
            + "album-s1,Album album-s1,2021-03-04,12,https://open.spotify.com/album/album-s1,day,single,2024-06-05T06:00:00Z,"
            + "https://i.scdn.co/image/album-s1,raw.json\n",
            run.Csv(Table.Album));
        Assert.Equal(
            "artist_id,artist_name,external_url,extracted_at,raw_file\n"
            + "a1,Artist a1,https://open.spotify.com/artist/a1,2024-06-05T06:00:00Z,raw.json\n"
            + "a2,Artist a2,https://open.spotify.com/artist/a2,2024-06-05T06:00:00Z,raw.json\n",
            run.Csv(Table.Artist));
        Assert.Equal(
            "song_id,song_name,duration_ms,url,popularity,song_added,album_id,artist_id,explicit,isrc,extracted_at,disc_number,track_number,"
            + "is_playable,raw_file\n"
            + "s1,Song s1,215000,https://open.spotify.com/track/s1,77,2024-05-31 16:25:46+00:00,album-s1,a1,false,ISRCs1,2024-06-05T06:00:00Z,"
            + "1,7,true,raw.json\n",
            run.Csv(Table.Song));
        Assert.Equal(
            "playlist_id,snapshot_id,extracted_at,position,song_id,added_at,added_by,linked_from_id,raw_file\n"
            + "playlist1,snapshot1,2024-06-05T06:00:00Z,1,s1,2024-05-31 16:25:46+00:00,someone,linked-s1,raw.json\n",
            run.Csv(Table.Playlist));
        Assert.Equal(
            "song_id,artist_id,position,extracted_at,raw_file\ns1,a1,1,2024-06-05T06:00:00Z,raw.json\ns1,a2,2,2024-06-05T06:00:00Z,raw.json\n",
            run.Csv(Table.SongArtist));
        Assert.Equal(
            "playlist_id,snapshot_id,extracted_at,taken_at,taken_from,name,description,owner_id,owner_name,followers,is_public,collaborative,image_url,total,"
            + "items,complete,raw_file\n"
            + "playlist1,snapshot1,2024-06-05T06:00:00Z,2024-06-05T06:00:00Z,extracted_at,A playlist,,owner1,Owner 1,,,,,,1,true,raw.json\n",
            run.Csv(Table.Snapshot));
    }

    [Theory]
    [InlineData("85.0", "85")]
    [InlineData("204053.0", "204053")]
    [InlineData("1.08E7", "10800000")]
    [InlineData("5e1", "50")]
    [InlineData("-0.0", "0")]
    [InlineData("9223372036854775807.0", "9223372036854775807")]
    [InlineData("9223372036854775808.0", "9223372036854775808.0")]
    [InlineData("0.5", "0.5")]
    [InlineData("1E400", "1E400")]
    [InlineData("0.99999999999999999999999999999999", "0.99999999999999999999999999999999")]
    [InlineData("85", "85")]
    [InlineData("\"85.0\"", "85")]
    [InlineData("\"85.0 \"", "85.0 ")]
    [InlineData("\"+85.0\"", "85")]
    public async Task A_whole_number_that_came_as_a_float_is_written_whole(string number, string written)
    {
        var track = MadeUp.Track("s1");
        foreach (var (owner, name) in new[] { (track, "duration_ms"), (track, "popularity"), (track, "disc_number"), (track, "track_number") })
        {
            owner[name] = JsonNode.Parse(number);
        }

        track["album"]!["total_tracks"] = JsonNode.Parse(number);

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(track)));

        foreach (var column in new[] { "duration_ms", "popularity", "disc_number", "track_number" })
        {
            Assert.Equal(written, run.Cell(Table.Song, column));
        }

        Assert.Equal(written, run.Cell(Table.Album, "total_tracks"));
    }

    [Fact]
    public async Task A_song_an_album_and_an_artist_have_one_row_each_and_the_first_wins()
    {
        var again = MadeUp.Track("s1", "a1", "a9");
        again["name"] = "Again";
        again["album"]!["name"] = "Again";
        again["artists"]![0]!["name"] = "Again";
        var row = MadeUp.Row(again);
        row["added_at"] = "2030-01-01T00:00:00Z";

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row("s1"), row));

        Assert.Equal("Song s1", run.Cell(Table.Song, "song_name"));
        Assert.Equal("2024-05-31 16:25:46+00:00", run.Cell(Table.Song, "song_added"));
        Assert.Equal("Album album-s1", run.Cell(Table.Album, "name"));
        Assert.Equal(["Artist a1", "Artist a9"], run.Column(Table.Artist, "artist_name"));
        Assert.Equal(["a1"], run.Column(Table.SongArtist, "artist_id"));
        Assert.Equal(["s1", "s1"], run.Column(Table.Playlist, "song_id"));
        Assert.Equal(["2024-05-31 16:25:46+00:00", "2030-01-01 00:00:00+00:00"], run.Column(Table.Playlist, "added_at"));
    }

    [Fact]
    public async Task A_second_occurrence_of_a_song_still_brings_its_album()
    {
        var elsewhere = MadeUp.Track("s1", "a1");
        elsewhere["album"] = MadeUp.Album("compilation", "various");

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row("s1"), MadeUp.Row(elsewhere)));

        Assert.Equal(["album-s1", "compilation"], run.Column(Table.Album, "album_id"));
        Assert.Equal(["a1", "various"], run.Column(Table.Artist, "artist_id"));
        Assert.Equal("album-s1", run.Cell(Table.Song, "album_id"));
    }

    [Fact]
    public async Task Artists_are_the_tracks_in_order_and_then_the_albums()
    {
        var track = MadeUp.Track("s1", "t1", "t2");
        track["album"] = MadeUp.Album("b1", "b9", "t2");

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(track)));

        Assert.Equal(["t1", "t2", "b9"], run.Column(Table.Artist, "artist_id"));
        Assert.Equal("t1", run.Cell(Table.Song, "artist_id"));
    }

    [Fact]
    public async Task The_songs_artist_is_the_first_with_an_id_and_positions_count_those()
    {
        var track = MadeUp.Track("s1");
        track["artists"] = new JsonArray(null, 5, new JsonObject { ["name"] = "local" }, new JsonObject { ["id"] = "" }, new JsonObject { ["id"] = 7 },
            MadeUp.Artist("a1"), new JsonObject(), MadeUp.Artist("a2"));

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(track)));

        Assert.Equal("a1", run.Cell(Table.Song, "artist_id"));
        Assert.Equal(["a1", "a2"], run.Column(Table.SongArtist, "artist_id"));
        Assert.Equal(["1", "2"], run.Column(Table.SongArtist, "position"));
        Assert.Equal(["a1", "a2"], run.Column(Table.Artist, "artist_id"));
    }

    [Fact]
    public async Task An_artist_named_twice_on_a_song_is_credited_twice_and_one_row_of_artist()
    {
        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(MadeUp.Track("s1", "x", "y", "x", "z"))));

        Assert.Equal(["x", "y", "x", "z"], run.Column(Table.SongArtist, "artist_id"));
        Assert.Equal(["1", "2", "3", "4"], run.Column(Table.SongArtist, "position"));
        Assert.Equal(["x", "y", "z"], run.Column(Table.Artist, "artist_id"));
    }

    [Fact]
    public async Task A_song_without_artists_has_an_empty_artist()
    {
        var track = MadeUp.Track("s1");
        track["artists"] = "none";

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(track)));

        Assert.Equal("", run.Cell(Table.Song, "artist_id"));
        Assert.Equal("", run.Csv(Table.SongArtist));
        Assert.Equal("", run.Csv(Table.Artist));
    }

    [Fact]
    public async Task Item_wins_over_track_where_both_are_objects()
    {
        var row = MadeUp.Row("classic");
        row["item"] = MadeUp.Track("new");

        Assert.Equal("new", (await Transformation.OfAsync(MadeUp.Own(row))).Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task Item_wins_even_when_it_cannot_be_loaded()
    {
        var row = MadeUp.Row("classic");
        row["item"] = new JsonObject();

        Assert.Equal("no_id", (await Transformation.OfAsync(MadeUp.Own(row), maxRejectedShare: 1)).Cell(Table.Rejected, "reason"));
    }

    [Fact]
    public async Task A_bare_tracks_added_time_is_empty()
    {
        var run = await Transformation.OfAsync(MadeUp.Page(MadeUp.Track("s1")));

        Assert.Equal("", run.Cell(Table.Song, "song_added"));
        Assert.Equal("", run.Cell(Table.Playlist, "added_at"));
    }

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("\"\"", "")]
    [InlineData("12", "12")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "")]
    [InlineData("{\"a\":\"b\"}", "")]
    [InlineData("[1]", "")]
    public async Task A_value_is_written_as_it_was_received(string value, string written)
    {
        var run = await Transformation.OfAsync(
            $$$$$$"""
            {"items":[{"added_at":{{{{{{value}}}}}},"track":{"id":"s1","name":{{{{{{value}}}}}},
             "duration_ms":{{{{{{value}}}}}},"popularity":{{{{{{value}}}}}},"explicit":{{{{{{value}}}}}},
             "external_urls":{"spotify":{{{{{{value}}}}}}},"external_ids":{"isrc":{{{{{{value}}}}}},"ean":"x"},
             "artists":[{"id":"a1","name":{{{{{{value}}}}}},"external_urls":{"spotify":{{{{{{value}}}}}}}}],
             "album":{"id":"b1","name":{{{{{{value}}}}}},"total_tracks":{{{{{{value}}}}}},"album_type":{{{{{{value}}}}}},
             "release_date":{{{{{{value}}}}}},"release_date_precision":{{{{{{value}}}}}},
             "external_urls":{"spotify":{{{{{{value}}}}}}}}}}]}
            """);

        AssertRow(["s1", written, written, written, written, "", "b1", "a1", written, written, ""], run, Table.Song);
        AssertRow(["b1", written, "", written, written, written, written, ""], run, Table.Album);
        AssertRow(["a1", written, written, ""], run, Table.Artist);
        AssertRow(["", "", "", "1", "s1", ""], run, Table.Playlist);
    }

    [Fact]
    public async Task Missing_values_are_empty()
    {
        var run = await Transformation.OfAsync("""[{"track":{"id":"s1","album":{"id":"b1"},"artists":[{"id":"a1"}]}}]""");

        AssertRow(["s1", "", "", "", "", "", "b1", "a1", "", "", ""], run, Table.Song);
        AssertRow(["b1", "", "", "", "", "", "", ""], run, Table.Album);
        AssertRow(["a1", "", "", ""], run, Table.Artist);
    }

    [Fact]
    public async Task Values_of_the_wrong_place_are_not_taken()
    {
        const string Row = """
            {"added_at":"2024-05-31T16:25:46Z","id":"row","name":"row","album":{"id":"row","artists":[{"id":"row"}]},
             "added_by":{"id":"user","name":"user","artists":[{"id":"user"}]},
             "track":{"id":"s1","linked_from":{"id":"linked","external_urls":{"spotify":"linked"}},"external_urls":{"id":"x","deep":{"spotify":"deep"}},
                      "track":{"id":"inner"},"item":{"id":"inner"},"added_at":"1999-01-01T00:00:00Z",
                      "album":{"id":"b1","album":{"id":"inner"},"tracks":{"items":[{"id":"inner"}]}},
                      "artists":[{"id":"a1","artists":[{"id":"inner"}]},[{"id":"inner"}]]}}
            """;

        var run = await Transformation.OfAsync($"[{Row}]");

        AssertRow(["s1", "", "", "", "", "2024-05-31 16:25:46+00:00", "b1", "a1", "", "", ""], run, Table.Song);
        Assert.Equal("b1", run.Cell(Table.Album, "album_id"));
        Assert.Equal("a1", run.Cell(Table.Artist, "artist_id"));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01 00:00:00+00:00")]
    [InlineData("2024-02-29T23:30:00.999-01:00", "2024-03-01 00:30:00+00:00")]
    [InlineData("2024-05-31", "")]
    [InlineData("yesterday", "")]
    public async Task The_added_time_is_brought_to_UTC(string addedAt, string written)
    {
        var row = MadeUp.Row("s1");
        row["added_at"] = addedAt;

        var run = await Transformation.OfAsync(MadeUp.Own(row));

        Assert.Equal(written, run.Cell(Table.Song, "song_added"));
        Assert.Equal(written, run.Cell(Table.Playlist, "added_at"));
    }

    [Theory]
    [InlineData("2019", "year", "2019-01-01")]
    [InlineData("2019-07", "month", "2019-07-01")]
    [InlineData("2019-07-09", "day", "2019-07-09")]
    [InlineData("0000", "year", "")]
    [InlineData("soon", "never", "")]
    public async Task The_release_date_is_padded_and_its_precision_kept(string date, string precision, string written)
    {
        var track = MadeUp.Track("s1");
        track["album"]!["release_date"] = date;
        track["album"]!["release_date_precision"] = precision;

        var run = await Transformation.OfAsync(MadeUp.Own(MadeUp.Row(track)));

        Assert.Equal(written, run.Cell(Table.Album, "release_date"));
        Assert.Equal(precision, run.Cell(Table.Album, "release_date_precision"));
    }

    /// <summary>The only row begins with these values; columns that came later follow.</summary>
    private static void AssertRow(string[] expected, Transformation run, Table table) =>
        Assert.Equal(expected, Assert.Single(run.Rows(table)).Take(expected.Length));
}
