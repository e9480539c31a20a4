using System.Text;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class PlayTests
{
    [Fact]
    public async Task A_play_of_the_API_has_the_time_the_song_and_its_context()
    {
        var run = await Transformation.OfAsync(
            MadeUpPlays.RecentOwn("2024-06-05T09:00:00Z", MadeUpPlays.Recent("s1", "2024-06-05T08:00:07.123Z", "spotify:playlist:p1")), "x.json");

        Assert.Equal(
            [
                "2024-06-05T08:00:07Z", "s1", "Song s1", "Artist a1", "Album album-s1", "", "spotify:playlist:p1", "recently_played", "2024-06-05T09:00:00Z",
                "x.json", "track", "spotify:track:s1", "",
            ],
            Assert.Single(run.Rows(Table.Play)));
        Assert.Equal(new DateTimeOffset(2024, 6, 5, 8, 0, 7, 123, TimeSpan.Zero), run.Good.PlayedUntil);
    }

    [Fact]
    public async Task The_songs_of_the_APIs_plays_are_songs_too_and_no_playlists()
    {
        var run = await Transformation.OfAsync(
            MadeUpPlays.RecentOwn(
                "2024-06-05T09:00:00Z", MadeUpPlays.Recent("s1", "2024-06-05T08:04:07.123Z"), MadeUpPlays.Recent("s1", "2024-06-05T08:00:07Z")), "x.json");

        Assert.Equal(2, run.Good.Rows[Table.Play]);
        Assert.Equal(["s1"], run.Column(Table.Song, "song_id"));
        Assert.Equal("2024-06-05T09:00:00Z", run.Cell(Table.Song, "extracted_at"));
        Assert.Equal((1L, 1L, 1L), (run.Good.Rows[Table.Album], run.Good.Rows[Table.Artist], run.Good.Rows[Table.SongArtist]));
        Assert.Equal((0L, 0L), (run.Good.Rows[Table.Playlist], run.Good.Rows[Table.Snapshot]));
        Assert.Null(run.Good.Total);
    }

    [Fact]
    public async Task A_play_of_the_extended_streaming_history_has_what_the_row_tells()
    {
        var name = "Streaming_History_Audio_2016_0.json";
        var run = await Transformation.OfAsync(new JsonArray(MadeUpPlays.Extended("s1", "2016-02-29T23:59:59Z", 61_500)), name);

        Assert.Equal(
            [
                "2016-02-29T23:59:59Z", "s1", "Song s1", "Artist a1", "Album album-s1", "61500", "", "extended_streaming_history", "", name, "track",
                "spotify:track:s1", "false",
            ],
            Assert.Single(run.Rows(Table.Play)));
        Assert.Null(run.Good.PlayedUntil);
        Assert.Equal(0, run.Good.Rows[Table.Song]);
    }

    [Fact]
    public async Task A_play_of_the_last_years_streaming_history_has_the_minute_and_the_names()
    {
        var run = await Transformation.OfAsync(new JsonArray(MadeUpPlays.LastYear("s1", "2023-12-31 23:59", 3_000)), "StreamingHistory0.json");

        Assert.Equal(
            ["2023-12-31T23:59:00Z", "", "Song s1", "Artist a1", "", "3000", "", "streaming_history", "", "StreamingHistory0.json", "track", "", ""],
            Assert.Single(run.Rows(Table.Play)));
    }

    [Theory]
    [InlineData(
        """{"ts":"2024-01-01T00:00:00Z","ms_played":5,"episode_name":"E","episode_show_name":"S","spotify_episode_uri":"spotify:episode:1"}""",
        "E|S||5|episode|spotify:episode:1")]
    [InlineData("""{"endTime":"2024-01-01 00:00","podcastName":"S","episodeName":"E","msPlayed":5}""", "E|S||5|episode|")]
    [InlineData(
        """{"ts":"2024-01-01T00:00:00Z","ms_played":5,"audiobook_title":"B","audiobook_chapter_uri":"spotify:episode:2","audiobook_chapter_title":"C"}""",
        "C|B||5|chapter|spotify:episode:2")]
    [InlineData("""{"ts":"2024-01-01T00:00:00Z","ms_played":5,"audiobook_title":"B","audiobook_chapter_title":null}""", "|B||5|chapter|")]
    [InlineData("""{"endTime":"2024-01-01 00:00","audiobookName":"B","chapterName":"C","authorName":"A","msPlayed":5}""", "C|B||5|chapter|")]
    [InlineData("""{"ts":"2024-01-01T00:00:00Z","ms_played":0,"master_metadata_track_name":"T","master_metadata_album_artist_name":null}""", "T|||0|track|")]
    public async Task Podcasts_and_audiobooks_are_told_apart_from_songs(string row, string expected)
    {
        var run = await Transformation.OfAsync($"[{row}]");

        var play = Assert.Single(run.Rows(Table.Play));
        Assert.Equal(expected, string.Join('|', play[2], play[3], play[4], play[5], play[10], play[11]));
        Assert.Equal("", play[1]);
    }

    [Theory]
    [InlineData("null", "no_track", "the row is null")]
    [InlineData("[]", "no_track", "the row is an array")]
    [InlineData("{}", "no_track", "neither a track nor an episode nor a chapter is named")]
    [InlineData("""{"ts":"2024-01-01T00:00:00Z","ms_played":1}""", "no_track", "neither a track nor an episode nor a chapter is named")]
    [InlineData("""{"ts":"soon","ms_played":1,"master_metadata_track_name":"T"}""", "no_time", "T")]
    [InlineData("""{"ms_played":1,"master_metadata_track_name":"T"}""", "no_time", "T")]
    [InlineData("""{"endTime":"2024-13-01 00:00","trackName":"T"}""", "no_time", "T")]
    [InlineData("""{"added_at":"2024-01-01T00:00:00Z","track":{"id":"s1","name":"N","album":{"id":"b1"}}}""", "no_time", "N")]
    public async Task A_row_of_another_shape_is_rejected_with_a_reason(string row, string reason, string detail)
    {
        var run = await Transformation.OfAsync($"[{MadeUpPlays.Extended("s1", "2024-01-01T00:00:00Z")},{row}]", "x.json");

        Assert.Equal(["x.json", "1", reason, detail], Assert.Single(run.Rows(Table.Rejected)));
        Assert.Equal(1, run.Good.Rows[Table.Play]);
        Assert.Equal(0, run.Good.Rows[Table.Song]);
    }

    [Fact]
    public async Task A_history_whose_first_rows_are_of_another_shape_is_one_all_the_same()
    {
        var run = await Transformation.OfAsync($"[null,{{\"x\":1}},{MadeUpPlays.Extended("s1", "2024-01-01T00:00:00Z")}]", maxRejectedShare: 1);

        Assert.Equal(1, run.Good.Rows[Table.Play]);
        Assert.Equal(2, run.Good.Rows[Table.Rejected]);
    }

    [Fact]
    public async Task A_list_of_plays_is_read_once()
    {
        var opened = 0;
        MemoryLake lake = new() { Before = (step, _) => opened += step == "open" ? 1 : 0 };
        JsonArray list = [MadeUpPlays.Extended("s1", "2024-01-01T00:00:00Z"), null, MadeUpPlays.Extended("s2", "2024-01-01T00:03:00Z")];

        var run = await Transformation.OfAsync(Encoding.UTF8.GetBytes(list.ToJsonString()), lake: lake);

        Assert.Equal((1, 2L, 1L), (opened, run.Good.Rows[Table.Play], run.Good.Rows[Table.Rejected]));
    }

    [Theory]
    [InlineData("{0} 7", "unknown_shape")]
    [InlineData("{0}]", "not_json")]
    public async Task What_follows_a_list_of_plays_is_looked_at_all_the_same(string around, string reason)
    {
        var list = new JsonArray(MadeUpPlays.Extended("s1", "2024-01-01T00:00:00Z")).ToJsonString();

        var run = await Transformation.OfAsync(around.Replace("{0}", list, StringComparison.Ordinal));

        Assert.Equal(reason, run.Bad.Reason);
        Assert.Equal("", run.Csv(Table.Play));
    }

    [Fact]
    public async Task What_was_for_how_long_played_is_missing_in_the_typed_table_if_it_is_no_number()
    {
        var row = MadeUpPlays.Extended("s1", "2024-01-01T00:00:00Z");
        row["ms_played"] = "long";

        var run = await Transformation.OfAsync(new JsonArray(row));

        Assert.Equal("long", run.Cell(Table.Play, "ms_played"));
        Assert.Equal(1, run.Good.Mistyped);
    }

    [Fact]
    public async Task Plays_are_read_as_pages_lists_of_pages_and_lines()
    {
        var first = MadeUpPlays.Recent("s1", "2024-06-05T08:00:07.123Z").ToJsonString();
        var second = MadeUpPlays.Recent("s2", "2024-06-05T08:04:07Z").ToJsonString();
        var page = MadeUpPlays.RecentPage(JsonNode.Parse(first), JsonNode.Parse(second)).ToJsonString();

        foreach (var json in new[] { $"[{first},{second}]", $"{first}\n{second}\n", page, $"[{page}]" })
        {
            var run = await Transformation.OfAsync(json);

            Assert.Equal(["s1", "s2"], run.Column(Table.Play, "song_id"));
            Assert.Equal(["s1", "s2"], run.Column(Table.Song, "song_id"));
        }
    }
}
