using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class ForeignFileTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "a search result", new JsonObject { ["tracks"] = Tracks("https://api.spotify.com/v1/search?query=x&type=track") }.ToJsonString() },
        { "a search result", new JsonObject { ["tracks"] = Tracks("x"), ["artists"] = new JsonObject { ["items"] = new JsonArray() } }.ToJsonString() },
        { "an album", new JsonObject { ["type"] = "album", ["id"] = "b1", ["tracks"] = Tracks("https://api.spotify.com/v1/albums/b1/tracks") }.ToJsonString() },
        { "a list of albums", new JsonArray(MadeUp.Album("b1", "a1"), MadeUp.Album("b2", "a1")).ToJsonString() },
        { "a list of albums", new JsonObject { ["albums"] = new JsonArray(MadeUp.Album("b1")) }.ToJsonString() },
        { "an artist", MadeUp.Artist("a1").ToJsonString() },
        { "a list of artists", MadeUp.Page(MadeUp.Artist("a1"), MadeUp.Artist("a2")).ToJsonString() },
        { "a list of artists", $"{MadeUp.Artist("a1").ToJsonString()}\n{MadeUp.Artist("a2").ToJsonString()}" },
        { "a list of playlists", MadeUp.Page(new JsonObject { ["type"] = "playlist", ["id"] = "p" }).ToJsonString() },
        { "a playlist without its rows", new JsonObject { ["type"] = "playlist", ["id"] = "p", ["tracks"] = new JsonObject { ["total"] = 3 } }.ToJsonString() },
        { "a list of saved albums", MadeUp.Page(new JsonObject { ["added_at"] = "2024-01-01T00:00:00Z", ["album"] = MadeUp.Album("b1") }).ToJsonString() },
        { "Spotify's error 429 (API rate limit exceeded)", """{"error":{"status":429,"message":"API rate limit exceeded"}}""" },
        { "a library from Spotify's account data export", """{"tracks":[{"artist":"A","track":"B","uri":"u"}],"albums":[],"shows":[],"episodes":[]}""" },
        { "a file of playlists from Spotify's account data export", """{"playlists":[{"name":"A","items":[{"track":{"trackName":"B"}}]}]}""" },
        { "a state of the player", new JsonObject { ["is_playing"] = true, ["item"] = MadeUp.Track("s1") }.ToJsonString() },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_something_else_is_called_what_it_is(string what, string json)
    {
        var bad = (await Transformation.OfAsync(json)).Bad;

        Assert.Equal("unknown_shape", bad.Reason);
        Assert.StartsWith($"The file is {what}, which the transform does not read. ", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_something_else_among_pages_is_told_by_its_number()
    {
        var error = JsonNode.Parse("""{"error":{"status":502,"message":"Bad gateway"}}""");
        var bad = (await Transformation.OfAsync(new JsonArray(MadeUp.Page(MadeUp.Row("s1")), error, MadeUp.Page(MadeUp.Row("s2"))))).Bad;

        Assert.Equal("unknown_shape", bad.Reason);
        Assert.Contains("number 2 of it is Spotify's error 502 (Bad gateway)", bad.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{0},null]")]
    [InlineData("[{0},[]]")]
    [InlineData("[null,{0}]")]
    [InlineData("{0} 7")]
    public async Task What_is_no_page_among_pages_is_never_passed_over(string list) =>
        Assert.Equal(
            "unknown_shape",
            (await Transformation.OfAsync(list.Replace("{0}", MadeUp.Page(MadeUp.Row("s1")).ToJsonString(), StringComparison.Ordinal))).Bad.Reason);

    private static JsonObject Tracks(string href)
    {
        var page = MadeUp.Page(MadeUp.Track("s1", "a1"));
        page["href"] = href;
        return page;
    }
}
