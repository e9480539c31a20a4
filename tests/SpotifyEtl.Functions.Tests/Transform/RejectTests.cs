using System.Text.Json.Nodes;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class RejectTests
{
    [Theory]
    [InlineData("null", "no_track", "the row is null")]
    [InlineData("7", "no_track", "the row is a number")]
    [InlineData("false", "no_track", "the row is true or false")]
    [InlineData("\"s1\"", "no_track", "the row is a string")]
    [InlineData("[{}]", "no_track", "the row is an array")]
    [InlineData("{}", "no_track", "neither item nor track is an object")]
    [InlineData("""{"track":null,"item":null}""", "no_track", "neither item nor track is an object")]
    [InlineData("""{"track":true,"item":[{}],"added_at":null,"album":{"id":"b"},"id":"s","name":"N"}""", "no_track", "N")]
    [InlineData("""{"track":{}}""", "no_id", "")]
    [InlineData("""{"track":{"type":"episode","name":"E","uri":"spotify:episode:1","is_local":true}}""", "episode", "E (spotify:episode:1)")]
    [InlineData("""{"type":"episode","id":"e","album":{"id":"b"}}""", "episode", "")]
    [InlineData("""{"is_local":true,"track":{"name":"L","uri":"spotify:local:x"}}""", "local_track", "L (spotify:local:x)")]
    [InlineData("""{"is_local":false,"track":{"id":"s","album":{"id":"b"},"is_local":true}}""", "local_track", "")]
    [InlineData("""{"track":{"name":"N","album":{"id":"b"}}}""", "no_id", "N")]
    [InlineData("""{"track":{"id":null,"uri":"u"}}""", "no_id", "u")]
    [InlineData("""{"track":{"id":""}}""", "no_id", "")]
    [InlineData("""{"track":{"id":5}}""", "no_id", "")]
    [InlineData("""{"track":{"id":"s","name":"N, \"x\"","uri":5}}""", "no_album", "N, \"x\" (5)")]
    [InlineData("""{"track":{"id":"s","album":"b"}}""", "no_album", "")]
    [InlineData("""{"track":{"id":"s","album":{"id":""}}}""", "no_album", "")]
    [InlineData("""{"track":{"id":"s","album":{"id":7}}}""", "no_album", "")]
    [InlineData("""{"track":{"id":"s","album":{"name":"n"}}}""", "no_album", "")]
    public async Task A_row_that_cannot_be_loaded_is_rejected_for_the_first_reason_that_fits(string row, string reason, string detail)
    {
        var run = await Transformation.OfAsync($"[{row},{MadeUp.Row("s9").ToJsonString()}]", "file.json");

        Assert.Equal(["file.json", "0", reason, detail], Assert.Single(run.Rows(Table.Rejected)));
        Assert.Equal(new Dictionary<string, long>(StringComparer.Ordinal) { [reason] = 1 }, run.Good.Rejected);
        Assert.Equal("s9", run.Cell(Table.Song, "song_id"));
        Assert.Equal("album-s9", run.Cell(Table.Album, "album_id"));
        Assert.Equal("a1", run.Cell(Table.Artist, "artist_id"));
        Assert.Equal("2", run.Cell(Table.Playlist, "position"));
    }

    [Theory]
    [InlineData("""{"is_local":"true","track":{"id":"s","album":{"id":"b"}}}""")]
    [InlineData("""{"is_local":1,"track":{"id":"s","type":"show","album":{"id":"b"},"is_local":null}}""")]
    [InlineData("""{"is_local":true,"is_local":false,"track":{"id":"s","album":{"id":"b"}}}""")]
    [InlineData("""{"item":7,"track":{"id":"s","album":{"id":"b"}}}""")]
    [InlineData("""{"type":"episode","track":{"id":"s","album":{"id":"b"}}}""")]
    [InlineData("""{"id":"s","artists":[],"album":{"id":"b"}}""")]
    [InlineData("""{"id":"s","type":"track","album":{"id":"b"},"track":true}""")]
    [InlineData("""{"track":null,"track":{"id":"s","album":{"id":"b"}}}""")]
    [InlineData("""{"track":{"id":"s","album":null,"album":{"id":"b"}}}""")]
    public async Task A_row_that_only_looks_odd_is_loaded(string row)
    {
        var run = await Transformation.OfAsync($$"""{"items":[{{row}}]}""");

        Assert.Equal("s", run.Cell(Table.Song, "song_id"));
        Assert.Empty(run.Rows(Table.Rejected));
    }

    [Theory]
    [InlineData("""{"track":{"id":"s","album":{"id":"b"}},"track":null}""", "no_track")]
    [InlineData("""{"track":{"id":"s","album":{"id":"b"}},"track":{"id":"s"}}""", "no_album")]
    [InlineData("""{"track":{"id":"s","id":null,"album":{"id":"b"}}}""", "no_id")]
    [InlineData("""{"track":{"id":"s","album":{"id":"b"},"album":[]}}""", "no_album")]
    [InlineData("""{"track":{"id":"s","album":{"id":"b","id":1}}}""", "no_album")]
    public async Task Of_repeated_keys_in_a_row_the_last_one_counts(string row, string reason)
    {
        var run = await Transformation.OfAsync($$"""{"items":[{{row}}]}""", maxRejectedShare: 1);

        Assert.Equal(reason, run.Cell(Table.Rejected, "reason"));
    }

    [Fact]
    public async Task Rejects_keep_their_index_and_take_a_position()
    {
        var run = await Transformation.OfAsync(new JsonArray(MadeUp.Row("s1"), null, MadeUp.Row("s1"), new JsonObject(), MadeUp.Row("s2")));

        Assert.Equal(["1", "3"], run.Column(Table.Rejected, "item_index"));
        Assert.Equal(["1", "3", "5"], run.Column(Table.Playlist, "position"));
        Assert.Equal(5, run.Good.Items);
    }

    [Theory]
    [InlineData(2, 2, 0.5, true)]
    [InlineData(2, 3, 0.5, false)]
    [InlineData(0, 1, 0.5, false)]
    [InlineData(0, 1, 1, true)]
    [InlineData(9, 1, 0, false)]
    [InlineData(9, 0, 0, true)]
    [InlineData(0, 0, 0, true)]
    public async Task A_file_with_a_larger_share_of_rejects_than_allowed_is_defective(int good, int rejected, double allowed, bool loaded)
    {
        JsonNode?[] rows = [.. Enumerable.Range(0, good).Select(i => MadeUp.Row($"s{i}")), .. Enumerable.Repeat<JsonNode?>(null, rejected)];

        var run = await Transformation.OfAsync(MadeUp.Own(rows), maxRejectedShare: allowed);

        Assert.Equal(loaded, run.Outcome is SpotifyEtl.Transform.Transformed);
    }

    [Fact]
    public async Task A_mostly_rejected_file_says_how_many_and_why()
    {
        var run = await Transformation.OfAsync(
            """[null,{"track":{"type":"episode"}},null,{"track":{"id":"s","album":{"id":"b"}}}]""", maxRejectedShare: 0.25);

        Assert.Equal("mostly_rejected", run.Bad.Reason);
        Assert.Equal("3 of 4 rows were rejected (2 no_track, 1 episode), more than Quality__MaxRejectedShare = 0.25 allows.", run.Bad.Message);
        Assert.Null(run.Bad.ByteOffset);
    }
}
