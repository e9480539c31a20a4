using System.Text.Json.Nodes;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class SnapshotTests
{
    private const string A = "https://api.spotify.com/v1/playlists/PlaylistOne0000000000A/tracks";
    private const string B = "https://api.spotify.com/v1/playlists/PlaylistOne0000000000B/tracks";

    [Fact]
    public async Task A_playlist_says_of_itself_what_it_has()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("s1"), null);
        playlist["description"] = "What we hear";
        playlist["owner"]!["display_name"] = "Owner, the first";
        playlist["followers"] = new JsonObject { ["href"] = null, ["total"] = 1207.0 };
        playlist["public"] = true;
        playlist["images"] = new JsonArray(Image("wide"), Image("small"));
        playlist["extracted_at"] = "2024-06-05T06:00:00Z";

        var run = await Transformation.OfAsync(playlist);

        Assert.Equal(
            [
                "playlist1", "snapshot1", "2024-06-05T06:00:00Z", "2024-06-05T06:00:00Z", "extracted_at", "A playlist", "What we hear", "owner1",
                "Owner, the first", "1207", "true", "false", "https://image/wide", "2", "2", "true", "raw.json",
            ],
            Assert.Single(run.Rows(Table.Snapshot)));
        static JsonObject Image(string name) => new() { ["url"] = $"https://image/{name}" };
    }

    [Fact]
    public async Task Our_own_file_keeps_the_total_that_the_playlist_had()
    {
        foreach (var key in new[] { "tracks", "items" })
        {
            var own = MadeUp.Own(MadeUp.Row("s1"));
            own["playlist"]![key] = new JsonObject { ["href"] = A, ["total"] = 3 };

            var run = await Transformation.OfAsync(own);

            Assert.Equal(("3", "1", "false"), Counts(run));
            Assert.Equal("rows 1-1 of 3", run.Good.Extent);
        }
    }

    [Fact]
    public async Task Without_a_time_the_newest_added_at_tells_when_it_was_taken_rejected_rows_included()
    {
        var (early, late) = (MadeUp.Row("s1"), MadeUp.Row((JsonNode?)null));
        late["added_at"] = "2024-07-01T00:00:00+02:00";

        var run = await Transformation.OfAsync(MadeUp.Page(early, late, MadeUp.Row("s2")));

        Assert.Equal(("2024-06-30T22:00:00Z", "added_at"), (run.Cell(Table.Snapshot, "taken_at"), run.Cell(Table.Snapshot, "taken_from")));
        Assert.Equal("", run.Cell(Table.Snapshot, "extracted_at"));
    }

    [Fact]
    public async Task Nothing_tells_when_rows_without_times_were_taken()
    {
        var run = await Transformation.OfAsync(MadeUp.Page(MadeUp.Track("s1")));

        Assert.Equal(("", ""), (run.Cell(Table.Snapshot, "taken_at"), run.Cell(Table.Snapshot, "taken_from")));
    }

    [Theory]
    [InlineData(0, 5, true, "5", "false", "rows 1-2 of 5")]
    [InlineData(null, 5, false, "5", "false", "rows 1-2 of 5")]
    [InlineData(0, null, true, "", "false", "rows 1-2 and tells of more")]
    [InlineData(0, 2, true, "2", "false", "rows 1-2 of 2")]
    [InlineData(3, 5, false, "5", "false", "rows 4-5 of 5")]
    [InlineData(0, 2, false, "2", "true", null)]
    [InlineData(null, 1, false, "1", "true", null)]
    [InlineData(null, null, false, "", "true", null)]
    public async Task A_page_that_tells_of_rows_that_are_not_there_is_loaded_as_incomplete(
        int? offset, int? total, bool hasNext, string written, string complete, string? extent)
    {
        var run = await Transformation.OfAsync(Page(A, offset, total, hasNext, "s1", "s2"));

        Assert.Equal((written, "2", complete), Counts(run));
        Assert.Equal(extent, run.Good.Extent);
        Assert.Equal(total, (int?)run.Good.Total);
        Assert.Equal([$"{(offset ?? 0) + 1}", $"{(offset ?? 0) + 2}"], run.Column(Table.Playlist, "position"));
    }

    [Fact]
    public async Task Pages_of_one_playlist_are_one_in_any_order_and_tell_of_a_gap()
    {
        var whole = new JsonArray(Page(A, 2, 4, false, "s3", "s4"), Page(A, 0, 4, true, "s1", "s2"));
        var gap = new JsonArray(Page(A, 0, 6, true, "s1", "s2"), Page(A, 4, 6, false, "s5", "s6"));

        var run = await Transformation.OfAsync(whole);
        Assert.Equal(("4", "4", "true"), Counts(run));
        Assert.Equal(["3", "4", "1", "2"], run.Column(Table.Playlist, "position"));
        Assert.Equal("rows 1-2, 5-6 of 6", (await Transformation.OfAsync(gap)).Good.Extent);
    }

    [Fact]
    public async Task Pages_without_an_offset_follow_each_other()
    {
        var run = await Transformation.OfAsync($"{Page(A, null, null, false, "s1", "s2")}\n{Page(A, null, null, false, "s3")}");

        Assert.Equal(["1", "2", "3"], run.Column(Table.Playlist, "position"));
        Assert.Equal(("", "3", "true"), Counts(run));
    }

    [Fact]
    public async Task Several_playlists_of_a_file_stay_apart_and_their_positions_too()
    {
        var run = await Transformation.OfAsync(
            new JsonArray(
                Page(A, 0, 3, true, "s1", "s2"), Page(B, 0, 1, false, "s1"), Page(A, 2, 3, false, "s3"), MadeUp.Playlist("items", MadeUp.Row("s1"), null)));

        Assert.Equal(
            ["PlaylistOne0000000000A", "PlaylistOne0000000000B", "playlist1"], run.Column(Table.Snapshot, "playlist_id"));
        Assert.Equal(["3", "1", "2"], run.Column(Table.Snapshot, "items"));
        Assert.Equal(["1", "2", "1", "3", "1"], run.Column(Table.Playlist, "position"));
        Assert.Equal("5", run.Cell(Table.Rejected, "item_index"));
        Assert.Equal(("", 6L), (run.Good.PlaylistId, run.Good.Items));
    }

    [Fact]
    public async Task Two_snapshots_of_one_playlist_in_a_file_are_two()
    {
        var (monday, tuesday) = (MadeUp.Playlist("tracks", MadeUp.Row("s1")), MadeUp.Playlist("tracks", MadeUp.Row("s1")));
        tuesday["snapshot_id"] = "snapshot2";

        var run = await Transformation.OfAsync(new JsonArray(monday, tuesday));

        Assert.Equal(["snapshot1", "snapshot2"], run.Column(Table.Snapshot, "snapshot_id"));
        Assert.Equal(["1", "1"], run.Column(Table.Playlist, "position"));
    }

    [Fact]
    public async Task Pages_that_follow_a_playlist_are_of_its_snapshot()
    {
        var playlist = MadeUp.Playlist("tracks", MadeUp.Row("s1"), MadeUp.Row("s2"));
        playlist["id"] = "PlaylistOne0000000000A";
        playlist["tracks"] = Page(A, 0, 3, true, "s1", "s2");

        var run = await Transformation.OfAsync(new JsonArray(playlist, Page(A, 2, 3, false, "s3")));

        Assert.Equal(("3", "3", "true"), Counts(run));
        Assert.Equal(["snapshot1", "snapshot1", "snapshot1"], run.Column(Table.Playlist, "snapshot_id"));
    }

    private static (string Total, string Items, string Complete) Counts(Transformation run) =>
        (run.Cell(Table.Snapshot, "total"), run.Cell(Table.Snapshot, "items"), run.Cell(Table.Snapshot, "complete"));

    private static JsonObject Page(string href, int? offset, int? total, bool hasNext, params string[] songs)
    {
        var page = MadeUp.Page([.. songs.Select(MadeUp.Row)]);
        page["href"] = href;
        page["offset"] = offset;
        page["total"] = total;
        page["next"] = hasNext ? $"{href}?offset={songs.Length}" : null;
        return page;
    }
}
