using System.Text.Json;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistExtractorTests
{
    private const string Key = $"raw_data/to_process/spotify_raw_{SpotifyServer.PlaylistId}_20261122T060000Z.json";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_raw_file_is_the_playlist_object_without_its_rows_the_time_and_the_rows_as_received(bool classic)
    {
        await using var extraction = await Extraction.StartAsync(classic, rows: ["""{"a":1,"item":{}}""", "null", """{ "b" : [ 2 ] }"""]);

        await extraction.RunAsync();

        var playlist = extraction.Server.HeadJson(SpotifyServer.PlaylistId, "AAAAAQsnap", total: 3, rows: " ");
        Assert.Equal(
            $$$"""
            {"playlist":{{{playlist}}},"extracted_at":"2026-11-22T06:00:00Z","items":[
            {"a":1,"item":{}},
            null,
            { "b" : [ 2 ] }
            ]}

            """,
            extraction.Lake.Text(Key));
    }

    [Fact]
    public async Task The_whole_head_takes_no_request_more_than_reading_it_and_its_snapshot()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(120));

        await extraction.RunAsync();

        var asked = extraction.Server.Requests.Select(asked => $"{asked.Path.Split('/')[^1]} {string.Join(' ', asked.Query.Keys)}".TrimEnd());
        const string Page = "items limit offset additional_types";
        Assert.Equal([SpotifyServer.PlaylistId, Page, Page, Page, $"{SpotifyServer.PlaylistId} fields"], asked);
    }

    [Fact]
    public async Task The_result_says_what_was_extracted_and_where_it_is()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(7));

        var outcome = await extraction.RunAsync();

        Assert.Equal(PlaylistResult.Loaded(SpotifyServer.PlaylistId, "Sångs, \"loud\"", "AAAAAQsnap", 7, Key), outcome.Playlist);
        Assert.Null(outcome.DeferredUntil);
    }

    [Fact]
    public async Task Rows_with_odd_spacing_and_escapes_come_through_verbatim()
    {
        string[] rows =
        [
            "{\t\"track\" :\r\n {\"name\":\"a \\u00e9 \\/ \\\\ \\\" \\ud83d\\ude00 😀 é ]},{\" ,\"x\":1.50e+2}   }",
            "[ [] , {} ]",
            "\"just text, \\\"quoted\\\"\"",
            "-0.0",
            "true",
            "{\"same\":1,\"same\":2}",
            "{}",
        ];
        await using var extraction = await Extraction.StartAsync(rows: rows);
        extraction.Server.Separator = " \n,\t ";

        await extraction.RunAsync();

        var items = extraction.RawText[(extraction.RawText.IndexOf("\"items\":[\n", StringComparison.Ordinal) + 10)..^4];
        Assert.Equal(string.Join(",\n", rows), items);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(51, 2)]
    [InlineData(100, 2)]
    [InlineData(1234, 25)]
    public async Task Every_page_is_read(int rows, int pages)
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(rows));

        var outcome = await extraction.RunAsync();

        using var raw = JsonDocument.Parse(extraction.RawText);
        Assert.Equal(Enumerable.Range(0, rows), raw.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()));
        Assert.Equal(rows, outcome.Playlist!.Items);
        Assert.Equal(pages, extraction.Server.Requests.Count(asked => asked.IsPage));
    }

    [Fact]
    public async Task The_next_page_begins_where_the_rows_received_end_even_if_a_page_is_short()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(20));
        var server = extraction.Server;
        server.Script = asked => asked is { IsPage: true } && asked.Number("offset") is { } offset
            ? new Answer(200, $$"""{"items":[{{string.Join(',', server.Rows.Skip(offset).Take(7))}}],"total":20,"offset":{{offset}}}""")
            : null;

        await extraction.RunAsync();

        Assert.Equal("0 7 14", string.Join(' ', server.Requests.Where(asked => asked.IsPage).Select(asked => asked.Query["offset"])));
        using var raw = JsonDocument.Parse(extraction.RawText);
        Assert.Equal(Enumerable.Range(0, 20), raw.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Pages_are_asked_for_with_fifty_rows_both_types_and_the_market()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("Market", "se"));

        await extraction.RunAsync();

        var page = extraction.Server.Requests.First(asked => asked.IsPage);
        Assert.Equal("50", page.Query["limit"]);
        Assert.Equal("track,episode", page.Query["additional_types"]);
        Assert.Equal("SE", page.Query["market"]);
    }

    [Fact]
    public async Task Without_a_market_none_is_sent()
    {
        await using var extraction = await Extraction.StartAsync(settings: ("Market", ""));

        await extraction.RunAsync();

        Assert.False(extraction.Server.Requests.First(asked => asked.IsPage).Query.ContainsKey("market"));
    }

    [Theory]
    [InlineData(false, "/items")]
    [InlineData(true, "/tracks")]
    public async Task The_endpoint_that_the_playlist_speaks_of_is_the_only_one_asked(bool classic, string endpoint)
    {
        await using var extraction = await Extraction.StartAsync(classic, Extraction.RowsOf(60));

        var outcome = await extraction.RunAsync();

        Assert.Equal(60, outcome.Playlist!.Items);
        Assert.All(extraction.Server.Requests.Where(asked => asked.IsPage), asked => Assert.EndsWith(endpoint, asked.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_playlist_that_speaks_of_neither_is_read_at_whichever_endpoint_answers(bool classic)
    {
        await using var extraction = await Extraction.StartAsync(classic, Extraction.RowsOf(60));
        extraction.Server.Script = asked => asked.IsPage ? null : asked.Path == "/token" ? null : new Answer(200, """{"name":"n","snapshot_id":"s"}""");

        var outcome = await extraction.RunAsync();

        Assert.Equal(60, outcome.Playlist!.Items);
        Assert.Equal(classic ? 3 : 2, extraction.Server.Requests.Count(asked => asked.IsPage));
    }

    [Fact]
    public async Task A_playlist_whose_own_endpoint_refuses_is_read_at_the_other()
    {
        await using var extraction = await Extraction.StartAsync(classic: true);
        extraction.Server.Script = asked => asked.Path.EndsWith(SpotifyServer.PlaylistId, StringComparison.Ordinal)
            ? new Answer(200, """{"name":"n","snapshot_id":"s","items":{"total":3},"tracks":{"total":3}}""")
            : null;

        var outcome = await extraction.RunAsync();

        Assert.Equal(3, outcome.Playlist!.Items);
        Assert.Equal("items tracks", string.Join(' ', extraction.Server.Requests.Where(asked => asked.IsPage).Select(asked => asked.Path.Split('/')[^1])));
    }

    [Fact]
    public async Task A_playlist_object_that_says_nothing_is_kept_as_it_is()
    {
        await using var extraction = await Extraction.StartAsync(rows: []);
        extraction.Server.Script = asked => asked.Path.EndsWith(SpotifyServer.PlaylistId, StringComparison.Ordinal) ? new Answer(200, "{}") : null;

        var outcome = await extraction.RunAsync();

        Assert.Equal(PlaylistResult.Loaded(SpotifyServer.PlaylistId, null, null, 0, Key), outcome.Playlist);
        Assert.StartsWith("""{"playlist":{},"extracted_at":""", extraction.RawText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_extracted_under_the_plain_id()
    {
        await using var extraction = await Extraction.StartAsync();

        var outcome = await extraction.RunAsync($"https://open.spotify.com/playlist/{SpotifyServer.PlaylistId}?si=0123456789abcdef");

        Assert.Equal(Key, outcome.Playlist!.RawKey);
        Assert.Equal(SpotifyServer.PlaylistId, outcome.Playlist.PlaylistId);
    }

    [Fact]
    public async Task Twice_in_a_run_writes_the_same_bytes_under_the_same_key_with_one_token()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(120));

        await extraction.RunAsync();
        var first = extraction.RawText;
        await extraction.RunAsync();

        Assert.Equal(first, extraction.RawText);
        Assert.Equal(1, extraction.Server.TokensGiven);
    }

    [Fact]
    public async Task Rows_are_in_the_lake_before_the_next_page_is_asked_for()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(150));
        List<long> written = [];
        extraction.Server.Script = asked =>
        {
            if (asked.IsPage)
            {
                written.Add(extraction.Lake.BytesWritten);
            }

            return null;
        };

        await extraction.RunAsync();

        Assert.True(written[0] < 1000, "only the head is written");
        Assert.True(written[1] > string.Join(",\n", Extraction.RowsOf(50)).Length, "the first page is written");
        Assert.True(written[2] > string.Join(",\n", Extraction.RowsOf(100)).Length, "the second page is written");
    }

    [Fact]
    public async Task A_cancelled_extraction_stops_and_leaves_nothing()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(120));
        using var cancellation = new CancellationTokenSource();
        extraction.Server.Script = asked =>
        {
            if (asked.Number("offset") == 50)
            {
                cancellation.Cancel();
            }

            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => extraction.RunAsync(cancellationToken: cancellation.Token));

        Assert.Empty(extraction.Lake.Keys);
        Assert.Equal(Key, Assert.Single(extraction.Lake.GivenUp));
    }
}
