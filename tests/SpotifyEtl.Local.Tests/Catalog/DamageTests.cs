using SpotifyEtl.Analytics;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A record or catalog entry that is broken is named, left out, and nobody else's matter.</summary>
public sealed class DamageTests : IDisposable
{
    private const string LastCrawl = "\"lastCrawl\":{\"status\":\"Succeeded\",\"startTime\":\"2026-01-01T00:00:00Z\",\"errorMessage\":null}}";

    private readonly LakeFixture _lake = new();
    private readonly RecordingLog _log = new();
    private readonly LogTo _loggers;
    private readonly DuckDbQueries _queries;

    public DamageTests()
    {
        _loggers = new LogTo(_log);
        _queries = new DuckDbQueries(_lake.Lake, loggers: _loggers);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lake.Dispose();
        _loggers.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{\"runId\":\"broken\",\"sta")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("<html>")]
    [InlineData("\u0000\u0000\u0000")]
    [InlineData("{\"runId\":7}")]
    [InlineData("{\"runId\":null,\"status\":\"Succeeded\"}")]
    [InlineData("{\"runId\":\"broken\",\"status\":\"Splendid\"}")]
    [InlineData("{\"runId\":\"broken\",\"startedAt\":\"yesterday\"}")]
    [InlineData("{\"runId\":\"broken\",\"rows\":{\"song\":\"many\"}}")]
    [InlineData("{\"runId\":\"broken\",\"playlists\":{}}")]
    [InlineData("{\"runId\":\"broken\"}{\"runId\":\"two\"}")]
    public async Task A_broken_run_record_is_left_out_of_the_runs_and_named(string text)
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf("run_data/runs/broken.json"), text, Cancellation);

        Assert.Equal("good|Succeeded", await _queries.LinesAsync("SELECT runId, status FROM runs"));
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith("Warning 1400 The record run_data/runs/broken.json cannot be read: ", line, StringComparison.Ordinal);
        Assert.Contains("delete it, or put a whole copy in its place", line, StringComparison.Ordinal);
        Assert.DoesNotContain("SpotifyEtl", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"runId\":\"good\",\"items\":\"four\"}")]
    [InlineData("{\"runId\":\"good\",\"rejected\":[1]}")]
    [InlineData("{\"runId\":\"good\",\"tables\":[{\"sizeBytes\":\"x\"}]}")]
    public async Task A_broken_file_record_is_left_out_of_the_files_and_named(string text)
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf("run_data/files/good/broken.json"), text, Cancellation);

        Assert.Equal("a|3", await _queries.LinesAsync("SELECT stem, rows.song FROM files"));
        Assert.Contains("run_data/files/good/broken.json", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_does_not_ask_for_records_does_not_look_at_them()
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf("run_data/runs/broken.json"), "", Cancellation);

        Assert.Equal("1", await _queries.ValueAsync("SELECT count(*) FROM artist_data"));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"table\":\"album_data\"")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"table\":\"song_data\",\"columns\":[\"a\"],\"rows\":0,\"files\":[]," + LastCrawl)]
    [InlineData("{\"table\":\"album_data\",\"columns\":[\"a\"],\"rows\":0,\"files\":[null]," + LastCrawl)]
    [InlineData(
        "{\"table\":\"album_data\",\"columns\":[\"a\"],\"rows\":0,\"files\":[{\"name\":\"../../../x.csv\",\"sizeBytes\":1,\"modified\":null,\"rows\":1}],"
            + LastCrawl)]
    [InlineData("{\"table\":\"album_data\",\"columns\":[],\"rows\":0,\"files\":[]," + LastCrawl)]
    public async Task A_broken_catalog_entry_leaves_out_its_table_and_what_is_asked_of_it_and_is_named(string text)
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf(".catalog/album_data.json"), text, Cancellation);

        Assert.Equal("1", await _queries.ValueAsync("SELECT count(*) FROM artist_data"));
        Assert.DoesNotContain("album_data", await _queries.LinesAsync("SHOW TABLES"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.RowsAsync("SELECT * FROM album_data"));
        Assert.Equal(2, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.StartsWith("Warning 700 The catalog entry .catalog/album_data.json in the lake", line, StringComparison.Ordinal));
        Assert.All(_log.Lines, line => Assert.Contains("start a run", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_catalog_entry_shows_no_rows_of_a_run_until_its_crawler_writes_it_anew()
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf(".catalog/artist_data.json"), "{}", Cancellation);
        await using FolderCrawlers crawlers = new(_lake.Lake, TimeProvider.System);

        Assert.Equal(0, await crawlers.CountAsync(Table.Artist, new HashSet<string>(StringComparer.Ordinal) { "a" }, Cancellation));
        await _lake.CrawlAsync(Table.Artist);
        Assert.Equal(1, await crawlers.CountAsync(Table.Artist, new HashSet<string>(StringComparer.Ordinal) { "a" }, Cancellation));
    }

    [Fact]
    public async Task Where_no_entry_can_be_read_the_typed_tables_answer()
    {
        await LoadAsync();
        foreach (var table in Table.All)
        {
            await File.WriteAllTextAsync(_lake.PathOf($".catalog/{table.CatalogName}.json"), "", Cancellation);
        }

        Assert.Equal("One", await _queries.ValueAsync("SELECT artist_name FROM artists"));
        FolderReportSource source = new(_lake.Lake, new MonthIndex(_lake.Lake, new LakeRecords(_lake.Lake)), _queries);
        Assert.False(await source.IsEmptyAsync(Cancellation), "a lake whose entries are broken is not called empty");
    }

    private async Task LoadAsync()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        await _lake.CrawlAsync();
        LakeRecords records = new(_lake.Lake);
        var time = new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);
        var rows = RowCounts.Of(new Dictionary<string, long>(StringComparer.Ordinal) { ["song"] = 3 });
        await new RunRecords(records).WriteRunAsync(
            new RunResult
            {
                RunId = "good",
                Status = RunStatus.Succeeded,
                StartedAt = time,
                EndedAt = time,
                Playlists = [PlaylistResult.Skipped("p", "P", "s")],
                Files = FileCounts.None,
                Rows = rows,
                Crawlers = [],
                Problems = [],
            },
            Cancellation);
        await records.WriteAsync(
            "run_data/files/good/a.json",
            new FileRecord
            {
                RunId = "good",
                RawFile = "a.json",
                Stem = "a",
                RawSha256 = "00",
                Items = 3,
                Rows = rows,
                Rejected = new Dictionary<string, long>(StringComparer.Ordinal),
                Tables = [],
                StartedAt = time,
                ElapsedMs = 1,
            },
            Cancellation);
    }

    private sealed class LogTo(RecordingLog log) : Microsoft.Extensions.Logging.ILoggerFactory
    {
        public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider provider)
        {
        }

        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
