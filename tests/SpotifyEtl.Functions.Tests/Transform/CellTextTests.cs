using System.Text;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" leading and trailing ", " leading and trailing ")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \\\"x\\\"", "\"say \"\"x\"\"\"")]
    [InlineData("a\\nb", "a b")]
    [InlineData("a\\rb", "a b")]
    [InlineData("a\\r\\nb", "a b")]
    [InlineData("a\\r\\u000a\\n\\rb", "a   b")]
    [InlineData("a\\u000D\\u000Ab", "a b")]
    [InlineData("a\\r \\nb", "a   b")]
    [InlineData("tab\\tslash\\/back\\\\bell\\b\\f", "tab\tslash/back\\bell\b\f")]
    [InlineData("\\u00e9\\u4E2D\\ud83d\\ude00", "é中😀")]
    [InlineData("é中😀", "é中😀")]
    [InlineData("\\ud83d", "\uFFFD")]
    [InlineData("\\ude00x", "\uFFFDx")]
    [InlineData("\\ud83dx\\ude00", "\uFFFDx\uFFFD")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\uFFFD😀")]
    [InlineData("\\ud83d\\n", "\uFFFD ")]
    [InlineData("\\u0000", "\0")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("#x", "#x")]
    public async Task A_string_is_written_as_its_text_and_quoted_only_where_needed(string json, string written)
    {
        var run = await Transformation.OfAsync($$$$"""[{"track":{"id":"s1","name":"{{{{json}}}}","album":{"id":"b1"}}}]""");

        Assert.StartsWith($"s1,{written},,,,,b1,,", run.Csv(Table.Song).Split('\n', 2)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, "\uFFFD")]
    [InlineData(new byte[] { 0xC3 }, "\uFFFD")]
    [InlineData(new byte[] { 0xC3, (byte)'\\', (byte)'n' }, "\uFFFD ")]
    [InlineData(new byte[] { 0xE2, 0x82, (byte)'x' }, "\uFFFDx")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "\uFFFD\uFFFD\uFFFD")]
    [InlineData(new byte[] { 0xC0, 0xAF }, "\uFFFD\uFFFD")]
    public async Task Bytes_that_are_no_UTF8_become_the_replacement_character(byte[] name, string written)
    {
        byte[] raw = [.. """[{"track":{"id":"s1","name":" """u8[..^1], .. name, .. """ ","album":{"id":"b1"}}}]"""u8[1..]];

        Assert.Equal(written, (await Transformation.OfAsync(raw)).Cell(Table.Song, "song_name"));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_in_a_key_do_no_harm()
    {
        byte[] raw = [.. """[{"track":{"id":"s1","x """u8[..^1], 0xFF, .. """ \ud800":1,"album":{"id":"b1"}}}]"""u8[1..]];

        Assert.Equal("s1", (await Transformation.OfAsync(raw)).Cell(Table.Song, "song_id"));
    }

    [Fact]
    public async Task Keys_may_be_escaped()
    {
        var run = await Transformation.OfAsync(
            """[{"tr\u0061ck":{"\u0069\u0064":"s1","album":{"id":"b1"},"na\nme":"x","release_date_precision\u0020":"x"}}]""");

        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
        Assert.Equal("", run.Cell(Table.Song, "song_name"));
    }

    [Fact]
    public async Task Ids_are_the_same_when_their_texts_are()
    {
        var run = await Transformation.OfAsync(
            """[{"track":{"id":"s1","album":{"id":"b"}}},{"track":{"id":"\u00731","album":{"id":"\u0062"}}},{"track":{"id":"S1","album":{"id":"b"}}}]""");

        Assert.Equal(["s1", "S1"], run.Column(Table.Song, "song_id"));
        Assert.Equal(["b"], run.Column(Table.Album, "album_id"));
        Assert.Equal(["s1", "s1", "S1"], run.Column(Table.Playlist, "song_id"));
    }

    [Fact]
    public async Task A_file_name_with_a_comma_is_quoted()
    {
        var run = await Transformation.OfAsync("[null]", "a, b.json", maxRejectedShare: 1);

        Assert.Equal("raw_file,item_index,reason,detail\n\"a, b.json\",0,no_track,the row is null\n", run.Csv(Table.Rejected));
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped_and_none_is_written()
    {
        byte[] raw = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1")).ToJsonString())];

        var run = await Transformation.OfAsync(raw);

        Assert.StartsWith("song_id,", run.Csv(Table.Song), StringComparison.Ordinal);
        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
    }
}
