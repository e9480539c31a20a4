using Amazon.Athena;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Catalog;

public sealed class AthenaQueriesTests : IAsyncLifetime
{
    private readonly LakeOptions _lake = new() { Uri = "s3://bucket/lake" };
    private readonly AthenaOptions _options = new();
    private AwsServer _server = null!;
    private IAmazonAthena _athena = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AthenaQueries Queries =>
        new(_athena, Options.Create(_options), Options.Create(new CatalogOptions()), Options.Create(_lake), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _server = await AwsServer.StartAsync();
        _athena = _server.AthenaClient();
    }

    public ValueTask DisposeAsync()
    {
        _athena.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_query_is_waited_for_and_its_rows_come_without_the_header_page_after_page()
    {
        _server.Athena.Answer = _ => new AthenaAnswer(
            [("name", "varchar"), ("plays", "bigint")],
            [.. Enumerable.Range(0, 7).Select(number => new[] { $"song {number}", number == 3 ? null : $"{number}" })])
        {
            PageRows = 3,
            ScannedBytes = 25_000_000,
        };

        var result = await Queries.QueryAsync("SELECT name, plays FROM song_data", Cancellation);
        var rows = await RowsAsync(result);

        Assert.Equal([new QueryColumn("name", "varchar"), new QueryColumn("plays", "bigint")], result.Columns);
        Assert.Equal(Enumerable.Range(0, 7).Select(number => $"song {number}|{(number == 3 ? "null" : number)}"), rows);
        Assert.Equal(3, _server.Requests.Count(request => request.Operation == "GetQueryResults"));
        Assert.Equal("Athena scanned 25 MB, about $0.000125 at $5 a TB (10 MB at least).", result.Cost?.ToString());
    }

    [Fact]
    public async Task A_decimal_tells_its_digits()
    {
        _server.Athena.Answer = _ => new AthenaAnswer([("price", "decimal(10,2)"), ("at", "timestamp")], []);

        var result = await Queries.QueryAsync("SELECT price, at FROM x", Cancellation);

        Assert.Equal([new QueryColumn("price", "decimal(10,2)"), new QueryColumn("at", "timestamp")], result.Columns);
        Assert.Equal([true, false], result.Columns.Select(column => column.IsNumeric));
    }

    [Fact]
    public async Task A_first_row_that_reads_like_the_header_is_kept_where_there_is_no_header()
    {
        _server.Athena.Answer = _ => new AthenaAnswer([("tab_name", "string")], [["tab_name"], ["song_data"]]) { HasHeader = false };

        Assert.Equal(["tab_name", "song_data"], await RowsAsync(await Queries.QueryAsync("SHOW TABLES", Cancellation)));
    }

    [Fact]
    public async Task A_row_that_reads_like_the_header_is_kept_after_the_header()
    {
        _server.Athena.Answer = _ => new AthenaAnswer([("name", "varchar")], [["name"], ["other"]]);

        Assert.Equal(["name", "other"], await RowsAsync(await Queries.QueryAsync("SELECT name FROM x", Cancellation)));
    }

    [Fact]
    public async Task The_query_says_database_work_group_and_where_its_results_go()
    {
        _options.WorkGroup = "etl";
        _lake.KmsKeyId = "alias/lake";
        _lake.BucketOwner = "123456789012";

        await Queries.QueryAsync("SELECT 1 AS \"ä\"", Cancellation);

        var sent = Assert.Single(_server.Athena.Starts);
        Assert.Equal("SELECT 1 AS \"ä\"", (string?)sent["QueryString"]);
        Assert.Equal("etl", (string?)sent["WorkGroup"]);
        Assert.Equal("spotify_database", (string?)sent["QueryExecutionContext"]!["Database"]);
        Assert.Equal(
            """{"EncryptionConfiguration":{"EncryptionOption":"SSE_KMS","KmsKey":"alias/lake"},"ExpectedBucketOwner":"123456789012","OutputLocation":"s3://bucket/lake/athena_results/"}""",
            sent["ResultConfiguration"]!.ToJsonString());
    }

    [Fact]
    public async Task A_start_that_is_repeated_is_one_query()
    {
        var lost = false;
        _server.Faults = request => request.Operation == "StartQueryExecution" && !lost && (lost = true) ? Fault.LostAnswer : null;
        using var athena = _server.AthenaClient(retries: 1);

        await new AthenaQueries(athena, Options.Create(_options), Options.Create(new CatalogOptions()), Options.Create(_lake), TimeProvider.System)
            .QueryAsync("SELECT 1", Cancellation);

        Assert.Equal(2, _server.Athena.Starts.Count);
        Assert.Single(_server.Athena.Starts.Select(start => (string?)start["ClientRequestToken"]).Distinct());
    }

    [Theory]
    [InlineData("FAILED", "SYNTAX_ERROR: line 1:8: Column 'no_such' cannot be resolved", "failed: SYNTAX_ERROR: line 1:8: Column 'no_such' cannot be resolved")]
    [InlineData("CANCELLED", "Bytes scanned limit was exceeded", "cancelled query")]
    public async Task A_query_that_ends_badly_tells_Athenas_reason(string state, string reason, string expected)
    {
        _server.Athena.Answer = _ => new AthenaAnswer([], []) { State = state, Reason = reason };

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => Queries.QueryAsync("SELECT no_such", Cancellation));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_Athena_refuses_is_told_with_its_code()
    {
        _server.Faults = _ => Fault.Error(400, "InvalidRequestException", "WorkGroup primary is not found.");

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => Queries.QueryAsync("SELECT 1", Cancellation));

        Assert.Contains("work group primary: InvalidRequestException, WorkGroup primary is not found.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_any_more_is_stopped()
    {
        using CancellationTokenSource stop = new();
        _server.Athena.RunningLooks = int.MaxValue - 1;
        _server.Athena.Looked = () => stop.CancelAfter(TimeSpan.Zero);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Queries.QueryAsync("SELECT 1", stop.Token));

        Assert.Single(_server.Athena.Stopped);
    }

    [Fact]
    public async Task Rows_are_counted_by_the_address_of_their_object()
    {
        List<string> asked = [];
        _server.Athena.Answer = sql =>
        {
            asked.Add(sql);
            return new AthenaAnswer([("shown", "bigint")], [["7"]]);
        };
        AthenaTableRows rows = new(Queries, Options.Create(new CatalogOptions()), Options.Create(_lake));

        var count = await rows.CountAsync(
            Table.Song, Enumerable.Range(0, 201).Select(number => $"it's {number:000}").ToHashSet(StringComparer.Ordinal), Cancellation);

        Assert.Equal(14, count);
        Assert.StartsWith(
            """SELECT count(*) AS shown FROM "spotify_database"."song_data" WHERE "$path" IN ('s3://bucket/lake/transformed_data/song_data/song_transformed_it''s 000.csv', """,
            asked[0],
            StringComparison.Ordinal);
        Assert.EndsWith("IN ('s3://bucket/lake/transformed_data/song_data/song_transformed_it''s 200.csv')", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_no_crawl_has_made_shows_no_rows()
    {
        _server.Athena.Answer = _ => new AthenaAnswer([], [])
        {
            State = "FAILED",
            Reason = "TABLE_NOT_FOUND: line 1:22: Table 'awsdatacatalog.spotify_database.rejected_data' does not exist",
        };
        AthenaTableRows rows = new(Queries, Options.Create(new CatalogOptions()), Options.Create(_lake));

        Assert.Equal(0, await rows.CountAsync(Table.Rejected, new HashSet<string>(["a"], StringComparer.Ordinal), Cancellation));
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(QueryResult result)
    {
        List<string> rows = [];
        await foreach (var row in result.Rows)
        {
            rows.Add(string.Join('|', row.Select(value => value ?? "null")));
        }

        return rows;
    }
}
