using System.Net;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

/// <summary>The pages of tables and SQL where the lake is on S3, and a question costs money.</summary>
public sealed class SqlOnS3Tests : IAsyncLifetime
{
    private readonly SpotifyEtlProgram _program = new();
    private AwsServer _aws = null!;
    private ServingProgram _server = null!;
    private MonitorClient _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _aws = await BucketLake.CreateAsync();
        _aws.Athena.ScanLimit = 10_000_000_000;
        BucketLake.Use(_program.Settings, _aws.Url, AwsServer.Region);
        _server = await _program.ServeAsync("--lake", BucketLake.Uri);
        _browser = new MonitorClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        await _aws.DisposeAsync();
        _program.Dispose();
    }

    [Fact]
    public async Task The_limit_of_the_work_group_stands_before_and_the_cost_after()
    {
        _aws.Athena.Answer = _ => new AthenaAnswer([("songs", "bigint")], [["3"]]) { ScannedBytes = 1_500_000 };

        var before = await _browser.ReadAsync("/sql");
        using var answered = await _browser.PostAsync("/sql", ("sql", "SELECT count(*) AS songs FROM songs"));
        var after = await answered.Content.ReadAsStringAsync(Cancellation);
        using var file = await _browser.PostAsync(
            "/sql/download", ("sql", "SELECT count(*) AS songs FROM songs"), ("format", "csv"), ("id", new string('a', 32)));
        using var outcome = await _browser.PostAsync("/sql/download/outcome", ("id", new string('a', 32)));

        Assert.Contains("Athena cancels a statement that would read more than 10 GB: the limit of the work group primary.", before, StringComparison.Ordinal);
        Assert.Contains("Athena scanned 1.5 MB, about $0.00005 at $5 a TB (10 MB at least).", after, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\"><bdi>3</bdi></td>", after, StringComparison.Ordinal);
        Assert.Equal("songs\n3\n", await file.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("Athena scanned 1.5 MB", await outcome.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_group_without_a_limit_is_said_so()
    {
        _aws.Athena.ScanLimit = null;

        Assert.Contains("The work group primary sets no limit", await _browser.ReadAsync("/sql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_of_Athena_until_somebody_wants_it()
    {
        _aws.Athena.Answer = sql => sql.Contains("count", StringComparison.Ordinal)
            ? new AthenaAnswer([("counted", "bigint")], [["12345"]]) { ScannedBytes = 20_000_000 }
            : new AthenaAnswer([("song_name", "varchar")], [["Kilometre Nought"]]) { ScannedBytes = 30_000_000 };

        var list = await _browser.ReadAsync("/tables");
        var table = await _browser.ReadAsync("/tables/song_data");
        await _browser.ReadAsync("/sql?table=songs");
        Assert.Empty(_aws.Athena.Starts);
        using var counted = await _browser.PostAsync("/tables/song_data", ("ask", "rows"));
        var count = await counted.Content.ReadAsStringAsync(Cancellation);
        using var shown = await _browser.PostAsync("/tables/song_data", ("ask", "sample"));
        var sample = await shown.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain("/tables/files", list, StringComparison.Ordinal);
        Assert.Contains("takes about $5 for each TB that it reads", table, StringComparison.Ordinal);
        Assert.Contains("12,345", count, StringComparison.Ordinal);
        Assert.Contains("Athena scanned 20 MB", count, StringComparison.Ordinal);
        Assert.Contains("Kilometre Nought", sample, StringComparison.Ordinal);
        Assert.Contains("Athena scanned 30 MB", sample, StringComparison.Ordinal);
        Assert.Equal(2, _aws.Athena.Starts.Count);
    }

    [Fact]
    public async Task Rows_are_those_that_the_records_of_the_months_tell()
    {
        var run = await _browser.RunAsync(("playlist", "SpotifyEtlDemoPlaylist"));
        var loaded = (await _browser.ReadAsync($"/runs/{run}")).Split("<code>song</code></a> ")[1].Split('<')[0];

        var songs = (await _browser.ReadAsync("/tables")).Split(">songs</a>")[1].Split("</tr>")[0];

        Assert.NotEqual("0", loaded);
        Assert.Contains($"class=\"number\">{loaded}</td>", songs, StringComparison.Ordinal);
        Assert.Matches(">20[0-9]{2}-[0-9]{2}</td>", songs);
        Assert.Empty(_aws.Athena.Starts);
    }

    [Fact]
    public async Task A_refusal_of_Athena_stands_on_the_page_with_its_place()
    {
        _aws.Athena.Answer = _ => new AthenaAnswer([], []) { State = "FAILED", Reason = "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved" };

        using var refused = await _browser.PostAsync("/sql", ("sql", "SELECT nothing FROM songs"));
        var page = await refused.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("data-line=\"1\" data-column=\"8\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_whose_reader_has_gone_is_stopped_in_Athena()
    {
        _aws.Athena.RunningLooks = int.MaxValue - 1;
        TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _aws.Athena.Looked = () => looked.TrySetResult();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using HttpRequestMessage request = new(HttpMethod.Post, "/sql") { Content = new FormUrlEncodedContent([KeyValuePair.Create("sql", "SELECT 1 AS a")]) };
        request.Headers.Add("Origin", _server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        var asked = _server.Http.SendAsync(request, gone.Token);
        await looked.Task.WaitAsync(Cancellation);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        while (_aws.Athena.Stopped.IsEmpty)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
