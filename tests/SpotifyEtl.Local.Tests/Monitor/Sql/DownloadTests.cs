using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parquet;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

/// <summary>Answers as files, over HTTP.</summary>
public sealed class DownloadTests(ServedDemo demo) : IClassFixture<ServedDemo>
{
    /// <summary>A query that has no end in this life.</summary>
    internal const string Endless =
        """
        SELECT count(*) AS n
        FROM UNNEST(sequence(1, 1000)) AS a(n) CROSS JOIN UNNEST(sequence(1, 1000)) AS b(n) CROSS JOIN UNNEST(sequence(1, 1000)) AS c(n)
             CROSS JOIN UNNEST(sequence(1, 1000)) AS d(n)
        WHERE a.n + b.n * c.n + d.n = -1
        """;

    /// <summary>A query of a billion rows, the first of which come at once.</summary>
    internal const string Billion =
        """
        SELECT a.n AS a, b.n AS b, c.n AS c
        FROM UNNEST(sequence(1, 1000)) AS a(n) CROSS JOIN UNNEST(sequence(1, 1000)) AS b(n) CROSS JOIN UNNEST(sequence(1, 1000)) AS c(n)
        """;

    private static readonly TimeSpan s_promptly = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_CSV_file_has_the_name_of_its_query_and_all_rows()
    {
        using var file = await demo.Browser.PostAsync("/sql/download", ("sql", NamedQueries.Get("top_songs").Sql), ("format", "csv"));
        var lines = (await file.Content.ReadAsStringAsync(Cancellation)).TrimEnd('\n').Split('\n');

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment; filename=top_songs.csv", file.Content.Headers.ContentDisposition!.ToString().Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", file.Headers.CacheControl!.ToString());
        Assert.StartsWith("song_name,artists,album,", lines[0], StringComparison.Ordinal);
        Assert.Equal(11, lines.Length);
        Assert.StartsWith("\"Harbour, Then Rain\",", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_file_has_more_rows_than_the_page_shows()
    {
        using var file = await demo.Browser.PostAsync(
            "/sql/download", ("sql", "SELECT n, CAST(NULL AS varchar) AS nothing FROM UNNEST(sequence(1, 3000)) AS t(n)"), ("format", "json"));
        var rows = JsonSerializer.Deserialize<JsonArray>(await file.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Equal("application/json", file.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^query-[0-9]{8}T[0-9]{6}Z[.]json$", file.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(3000, rows.Count);
        Assert.Equal("""{"n":3000,"nothing":null}""", rows[^1]!.ToJsonString());
    }

    [Fact]
    public async Task A_Parquet_file_has_all_rows()
    {
        using var file = await demo.Browser.PostAsync("/sql/download", ("sql", "SELECT n FROM UNNEST(sequence(1, 3000)) AS t(n)"), ("format", "parquet"));
        await using var parquet = await ParquetReader.CreateAsync(
            new MemoryStream(await file.Content.ReadAsByteArrayAsync(Cancellation)), cancellationToken: Cancellation);

        Assert.Equal("application/vnd.apache.parquet", file.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".parquet", file.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.Equal(3000, parquet.Metadata!.NumRows);
    }

    [Fact]
    public async Task A_value_that_a_spreadsheet_would_compute_stays_as_it_is()
    {
        using var file = await demo.Browser.PostAsync("/sql/download", ("sql", "SELECT '=1+1' AS a, 'two\"quotes' AS b, 'x,y' AS c"), ("format", "csv"));

        Assert.Equal("a,b,c\n=1+1,\"two\"\"quotes\",\"x,y\"\n", await file.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_kind_of_file_that_there_is_not_is_refused_by_those_there_are()
    {
        using var refused = await demo.Browser.PostAsync("/sql/download", ("sql", "SELECT 1 AS a"), ("format", "exe"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("one of these kinds: csv, json, parquet", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_fails_on_its_way_breaks_the_file_off()
    {
        const string Fails =
            """
            SELECT CAST(CASE WHEN n = 900000 THEN 'x' ELSE '' END || CAST(n AS varchar) AS integer) AS fails
            FROM (SELECT a.n * 1000 + b.n AS n FROM UNNEST(sequence(0, 999)) AS a(n) CROSS JOIN UNNEST(sequence(0, 999)) AS b(n))
            """;
        using var answer = await SendAsync("/sql/download", HttpCompletionOption.ResponseHeadersRead, ("sql", Fails), ("format", "csv"));

        if (answer.StatusCode == HttpStatusCode.OK)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Cancellation));
        }
        else
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_page_learns_what_became_of_its_download()
    {
        var id = NewId();
        var outcome = PostAsync("/sql/download/outcome", ("id", id));
        using var file = await demo.Browser.PostAsync("/sql/download", ("sql", "SELECT n FROM UNNEST(sequence(1, 5)) AS t(n)"), ("format", "csv"), ("id", id));

        Assert.Matches(
            "\"text\":\"query-.*[.]csv: 5 rows, .*[.]\",\"isWhole\":true", await (await outcome).Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_download_that_has_sent_nothing_yet_is_cancelled_within_two_seconds_and_leaves_the_page_where_it_is()
    {
        var id = NewId();
        var download = PostAsync("/sql/download", ("sql", Endless), ("format", "csv"), ("id", id));
        var outcome = PostAsync("/sql/download/outcome", ("id", id));
        using var cancelled = await PostAsync("/sql/download/cancel", ("id", id));

        using var file = await download.WaitAsync(s_promptly, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, file.StatusCode);
        using var told = await outcome.WaitAsync(s_promptly, Cancellation);
        Assert.Contains("Cancelled", await told.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_goes_on_is_cancelled_within_two_seconds_and_broken_off()
    {
        var id = NewId();
        using var file = await SendAsync("/sql/download", HttpCompletionOption.ResponseHeadersRead, ("sql", Billion), ("format", "csv"), ("id", id));
        await using var body = await file.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[100_000], Cancellation);

        using var cancelled = await PostAsync("/sql/download/cancel", ("id", id));

        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null, Cancellation).WaitAsync(s_promptly, Cancellation));
        using var outcome = await PostAsync("/sql/download/outcome", ("id", id)).WaitAsync(s_promptly, Cancellation);
        Assert.Contains("\"isWhole\":false", await outcome.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Endless)]
    [InlineData(Billion)]
    public async Task A_query_ends_within_two_seconds_of_its_reader_going_away(string sql)
    {
        var id = NewId();
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        // It goes away at once, and does not first read what is left.
        using var http = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0 }) { BaseAddress = demo.Http.BaseAddress };
        var download = http.SendAsync(
            Request("/sql/download", ("sql", sql), ("format", "csv"), ("id", id)), HttpCompletionOption.ResponseHeadersRead, gone.Token);
        var outcome = PostAsync("/sql/download/outcome", ("id", id));
        if (sql == Billion)
        {
            using var answer = await download;
            await gone.CancelAsync();
        }
        else
        {
            await Assert.ThrowsAsync<TimeoutException>(() => download.WaitAsync(TimeSpan.FromSeconds(1), Cancellation));
            await gone.CancelAsync();
        }

        using var told = await outcome.WaitAsync(s_promptly, Cancellation);
        Assert.Contains("\"isWhole\":false", await told.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_does_not_hold_up_a_server_that_is_told_to_stop()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        await using var server = await program.ServeAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/sql") { Content = new FormUrlEncodedContent([KeyValuePair.Create("sql", Endless)]) };
        request.Headers.Add("Origin", server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        var asked = server.Http.SendAsync(request, Cancellation);
        await Assert.ThrowsAsync<TimeoutException>(() => asked.WaitAsync(TimeSpan.FromSeconds(1), Cancellation));

        var ended = await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Complaints));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public async Task Of_an_id_that_no_page_gives_nothing_is_told(string id)
    {
        using var outcome = await PostAsync("/sql/download/outcome", ("id", id));

        Assert.Equal(HttpStatusCode.NotFound, outcome.StatusCode);
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(path, HttpCompletionOption.ResponseContentRead, fields);

    private Task<HttpResponseMessage> SendAsync(string path, HttpCompletionOption until, params (string Name, string Value)[] fields) =>
        demo.Http.SendAsync(Request(path, fields), until, Cancellation);

    private HttpRequestMessage Request(string path, params (string Name, string Value)[] fields)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Add("Origin", demo.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return request;
    }
}
