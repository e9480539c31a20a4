using System.Text;
using System.Text.Json;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistHeadTests
{
    [Theory]
    [InlineData("""{"items":{"items":[1,2]}}""", """{"items":{}}""")]
    [InlineData("""{"items":{ "items" : [ {"a":[]} , 2 ] , "total" : 2 }}""", """{"items":{ "total" : 2 }}""")]
    [InlineData("""{"tracks":{"href":"h", "items":[],"total":0}}""", """{"tracks":{"href":"h","total":0}}""")]
    [InlineData("""{"tracks":{"total":1 , "items":[[1]] } , "id":"a"}""", """{"tracks":{"total":1 } , "id":"a"}""")]
    [InlineData("""{"items":{"items":[1],"items":[2]}}""", """{"items":{}}""")]
    [InlineData("""{"items":{"items":[1],"items":[2],"total":1,"items":[3]}}""", """{"items":{"total":1}}""")]
    [InlineData("""{"items":{"items":[1],"total":1},"tracks":{"items":[1],"total":1}}""", """{"items":{"total":1},"tracks":{"total":1}}""")]
    [InlineData("""{"items":[1],"id":"a"}""", """{"id":"a"}""")]
    [InlineData("""{"id":"a","tracks":[1]}""", """{"id":"a"}""")]
    [InlineData("""{"items":{"it\u0065ms":[1],"total":1}}""", """{"items":{"total":1}}""")]
    [InlineData("""{"items":{"items":null,"total":1},"images":[{"items":[1]}],"owner":{"items":[1]}}""", null)]
    [InlineData("""{"followers":{"total":1e3},"items":{"total":2.0},"description":"[\"items\":[","id":"a","id":"b"}""", null)]
    [InlineData("{ }", null)]
    public void Only_the_rows_are_cut_out_of_the_playlist_object(string body, string? kept) =>
        Assert.Equal(kept ?? body, Encoding.UTF8.GetString(Parse($"\r\n{body} ").Json));

    [Theory]
    [InlineData("""{"items":{"items":[]}}""", true)]
    [InlineData("""{"tracks":{"total":1}}""", false)]
    [InlineData("""{"items":{},"tracks":{}}""", null)]
    [InlineData("""{"items":null,"tracks":{}}""", false)]
    [InlineData("""{"items":[{}]}""", null)]
    [InlineData("{}", null)]
    public void Where_its_rows_are_is_told_by_which_object_it_has(string body, bool? rowsAreItems) => Assert.Equal(rowsAreItems, Parse(body).RowsAreItems);

    [Fact]
    public void Of_repeated_names_the_last_one_counts()
    {
        var head = Parse("""{"name":"a","name":"b","snapshot_id":"c","snapshot_id":7,"owner":{"id":"d"},"owner":{"x":{"id":"e"},"id":"f"}}""");

        Assert.Equal(("b", null, "f"), (head.Name, head.SnapshotId, head.OwnerId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"items":{"items":[1,2]""")]
    [InlineData("""{"items":{"items":[1,2]},"na""")]
    [InlineData("{} {}")]
    public void What_is_no_whole_object_is_none(string body) => Assert.ThrowsAny<JsonException>(() => Parse(body));

    private static PlaylistHead Parse(string body) => PlaylistHead.Parse(Encoding.UTF8.GetBytes(body));
}
