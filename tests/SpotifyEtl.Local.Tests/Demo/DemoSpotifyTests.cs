using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SpotifyEtl.Local.Demo;

namespace SpotifyEtl.Local.Tests.Demo;

public sealed class DemoSpotifyTests
{
    private const string Items = $"https://api.spotify.com/v1/playlists/{DemoPlaylist.Id}/items";

    private const string Played = "https://api.spotify.com/v1/me/player/recently-played";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 0, 20)]
    [InlineData("?limit=50", 0, 50)]
    [InlineData("?limit=50&offset=50", 50, 10)]
    [InlineData("?limit=7&offset=58", 58, 2)]
    [InlineData("?offset=60", 60, 0)]
    [InlineData("?offset=1000", 1000, 0)]
    public async Task A_page_holds_the_rows_from_the_offset_to_the_limit(string query, int offset, int count)
    {
        var (status, page) = await GetAsync(Items + query);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(60, page.GetProperty("total").GetInt32());
        Assert.Equal(offset, page.GetProperty("offset").GetInt32());
        Assert.Equal(
            string.Join('\n', DemoPlaylist.Rows.Skip(offset).Take(count).Select(Encoding.UTF8.GetString)),
            string.Join('\n', page.GetProperty("items").EnumerateArray().Select(row => row.GetRawText())));
    }

    [Fact]
    public async Task Its_links_lead_from_page_to_page()
    {
        List<string?> previous = [];
        var rows = 0;
        for (string? next = Items + "?limit=25"; next is not null;)
        {
            var (_, page) = await GetAsync(next);
            rows += page.GetProperty("items").GetArrayLength();
            previous.Add(page.GetProperty("previous").GetString());
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(60, rows);
        Assert.Equal(3, previous.Count);
        Assert.Null(previous[0]);
        Assert.EndsWith("offset=25&limit=25", previous[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_playlist_has_a_name_an_owner_a_snapshot_and_its_total_under_items()
    {
        var (_, playlist) = await GetAsync($"https://api.spotify.com/v1/playlists/{DemoPlaylist.Id}?fields=id,name");

        Assert.Equal(DemoPlaylist.Id, playlist.GetProperty("id").GetString());
        Assert.Equal(DemoPlaylist.Name, playlist.GetProperty("name").GetString());
        Assert.Equal("Lighthouse Radio", playlist.GetProperty("owner").GetProperty("display_name").GetString());
        Assert.Equal(DemoPlaylist.SnapshotId, playlist.GetProperty("snapshot_id").GetString());
        Assert.Equal(60, playlist.GetProperty("items").GetProperty("total").GetInt32());
        Assert.False(playlist.TryGetProperty("tracks", out _));
    }

    [Fact]
    public async Task Forty_plays_of_its_songs_come_the_newest_first_and_after_a_cursor_those_behind_it()
    {
        var (_, all) = await GetAsync(Played + "?limit=50");
        var times = all.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("played_at").GetDateTimeOffset()).ToList();
        var (_, some) = await GetAsync($"{Played}?limit=50&after={times[3].ToUnixTimeMilliseconds()}");
        var (_, none) = await GetAsync($"{Played}?limit=50&after={all.GetProperty("cursors").GetProperty("after").GetString()}");

        Assert.Equal(40, times.Distinct().Count());
        Assert.Equal(times.OrderDescending(), times);
        Assert.InRange((times[0] - times[^1]).TotalDays, 11, 12);
        Assert.Equal(3, some.GetProperty("items").GetArrayLength());
        Assert.Equal((0, JsonValueKind.Null), (none.GetProperty("items").GetArrayLength(), none.GetProperty("cursors").ValueKind));
        var songs = all.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("track").GetProperty("id").GetString()!).ToList();
        var known = DemoPlaylist.Rows.Select(row => JsonElement.Parse(row).GetProperty("item").GetProperty("id").GetString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(songs, song => Assert.Contains(song, known));
        Assert.InRange(songs.CountBy(song => song).Max(song => song.Value), 2, 6);
        Assert.InRange(times.Select(time => time.Hour).Distinct().Count(), 6, 17);
    }

    [Fact]
    public async Task Its_user_has_the_name_of_who_keeps_the_playlist()
    {
        var (_, user) = await GetAsync("https://api.spotify.com/v1/me");

        Assert.Equal("spotify-etl-demo", user.GetProperty("id").GetString());
        Assert.Equal("Lighthouse Radio", user.GetProperty("display_name").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made-up")]
    public async Task Without_its_token_nothing_is_told(string? token)
    {
        var (status, error) = await GetAsync(Items, token);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(401, error.GetProperty("error").GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("playlists/4hRz0PqVt2mXk9wYc7LbNa", HttpStatusCode.NotFound)]
    [InlineData("playlists/4hRz0PqVt2mXk9wYc7LbNa/items", HttpStatusCode.NotFound)]
    [InlineData("me/top/tracks", HttpStatusCode.NotFound)]
    [InlineData($"playlists/{DemoPlaylist.Id}/tracks", HttpStatusCode.Forbidden)]
    [InlineData("me/player/recently-played?limit=51", HttpStatusCode.BadRequest)]
    [InlineData("me/player/recently-played?after=soon", HttpStatusCode.BadRequest)]
    [InlineData($"playlists/{DemoPlaylist.Id}/items?limit=51", HttpStatusCode.BadRequest)]
    [InlineData($"playlists/{DemoPlaylist.Id}/items?limit=0", HttpStatusCode.BadRequest)]
    [InlineData($"playlists/{DemoPlaylist.Id}/items?offset=-1", HttpStatusCode.BadRequest)]
    [InlineData($"playlists/{DemoPlaylist.Id}/items?offset=x", HttpStatusCode.BadRequest)]
    public async Task What_it_does_not_have_it_refuses_as_the_api_does(string path, HttpStatusCode expected)
    {
        var (status, error) = await GetAsync("https://api.spotify.com/v1/" + path);

        Assert.Equal(expected, status);
        Assert.Equal((int)expected, error.GetProperty("error").GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("demo:wrong", "client_credentials", "invalid_client")]
    [InlineData("demo:demo", "password", "unsupported_grant_type")]
    [InlineData("demo:demo", "refresh_token", "invalid_grant")]
    public async Task A_token_is_given_for_the_demo_s_credentials_only(string credentials, string grant, string error)
    {
        var (status, answer) = await TokenAsync(credentials, grant);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(error, answer.GetProperty("error").GetString());
    }

    private static async Task<(HttpStatusCode, JsonElement)> GetAsync(string address)
    {
        var (_, token) = await TokenAsync("demo:demo", "client_credentials");
        return await GetAsync(address, token.GetProperty("access_token").GetString());
    }

    private static Task<(HttpStatusCode, JsonElement)> GetAsync(string address, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return SendAsync(request);
    }

    private static Task<(HttpStatusCode, JsonElement)> TokenAsync(string credentials, string grant)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://accounts.spotify.com/api/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", grant)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return SendAsync(request);
    }

    private static async Task<(HttpStatusCode, JsonElement)> SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient(new DemoSpotify());
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(Cancel)));
    }
}
