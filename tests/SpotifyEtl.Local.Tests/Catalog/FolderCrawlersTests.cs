using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

public sealed class FolderCrawlersTests : IDisposable
{
    private static readonly string s_artistCrawler = CatalogOptions.CrawlerOf(Table.Artist);

    private readonly LakeFixture _lake = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_crawler_that_never_ran_is_ready_without_a_last_crawl()
    {
        await using var crawlers = new FolderCrawlers(_lake.Lake, TimeProvider.System);

        Assert.Equal(new CrawlerStatus(CrawlerState.Ready, null), await crawlers.GetStatusAsync(s_artistCrawler, Cancellation));
    }

    [Fact]
    public async Task A_crawl_writes_the_entry_with_columns_files_and_rows()
    {
        _lake.Put(Table.Artist, "b", ["1", "One", "u", "t"], ["2", "Two, \"2\"", "u", "t"]);
        _lake.Put(Table.Artist, "a", ["3", "Three", "u", "t"]);

        await _lake.CrawlAsync(Table.Artist);

        using var entry = JsonDocument.Parse(await File.ReadAllTextAsync(_lake.PathOf(".catalog/artist_data.json"), Cancellation));
        var root = entry.RootElement;
        Assert.Equal("artist_data", root.GetProperty("table").GetString());
        Assert.Equal(
            Table.Artist.Columns,
            root.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList());
        Assert.Equal(3, root.GetProperty("rows").GetInt64());
        Assert.Equal(
            ["artist_transformed_a.csv 1", "artist_transformed_b.csv 2"],
            root.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("name").GetString()} {file.GetProperty("rows").GetInt64()}")
                .ToList());
        Assert.Equal("Succeeded", root.GetProperty("lastCrawl").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_table_without_files_gets_an_entry_with_its_columns()
    {
        await _lake.CrawlAsync(Table.Rejected);

        var entry = await new CatalogStore(_lake.Lake).FindAsync(Table.Rejected, Cancellation);
        Assert.NotNull(entry);
        Assert.Equal(Table.Rejected.Columns.ToList(), entry.Columns.ToList());
        Assert.Empty(entry.Files);
        Assert.Equal(LastCrawlStatus.Succeeded, entry.LastCrawl.Status);
    }

    [Fact]
    public async Task A_status_tells_of_the_crawl_before_until_the_started_one_has_ended()
    {
        await _lake.CrawlAsync(Table.Artist);
        var time = new GatedTime();
        await using var crawlers = new FolderCrawlers(_lake.Lake, time);
        var before = await crawlers.GetStatusAsync(s_artistCrawler, Cancellation);

        Assert.True(await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation));
        var during = await crawlers.GetStatusAsync(s_artistCrawler, Cancellation);
        var second = await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
        time.Open();
        var after = await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        Assert.Equal(new CrawlerStatus(CrawlerState.Running, before.LastCrawl), during);
        Assert.False(second, "one crawler runs one crawl at a time");
        Assert.Equal(LastCrawlStatus.Succeeded, after.Status);
        Assert.True(after.StartTime > before.LastCrawl!.StartTime);
        Assert.True(await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation), "it may start again when it has ended");
    }

    [Fact]
    public async Task Two_crawlers_run_at_once()
    {
        var time = new GatedTime();
        await using var crawlers = new FolderCrawlers(_lake.Lake, time);

        Assert.True(await crawlers.StartAsync(CatalogOptions.CrawlerOf(Table.Artist), full: true, Cancellation));
        Assert.True(await crawlers.StartAsync(CatalogOptions.CrawlerOf(Table.Album), full: true, Cancellation));
        var states = await Task.WhenAll(
            new[] { Table.Artist, Table.Album }.Select(table => crawlers.GetStatusAsync(CatalogOptions.CrawlerOf(table), Cancellation)));
        time.Open();

        Assert.All(states, status => Assert.Equal(CrawlerState.Running, status.State));
        Assert.Equal(LastCrawlStatus.Succeeded, (await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist)).Status);
        Assert.Equal(LastCrawlStatus.Succeeded, (await LakeFixture.EndOfCrawlAsync(crawlers, Table.Album)).Status);
    }

    [Fact]
    public async Task Start_times_grow_even_when_the_clock_does_not_and_across_restarts()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var starts = new List<DateTimeOffset?>();
        for (var process = 0; process < 3; process++)
        {
            await using var crawlers = new FolderCrawlers(_lake.Lake, time);
            for (var crawl = 0; crawl < 3; crawl++)
            {
                await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
                starts.Add((await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist)).StartTime);
            }
        }

        Assert.Equal(starts.Distinct().Order().ToList(), starts);
        Assert.Equal(time.GetUtcNow(), starts[0]);
    }

    [Fact]
    public async Task The_last_crawl_outlives_the_process_and_a_crawl_that_was_cut_short_begins_again()
    {
        await _lake.CrawlAsync(Table.Artist);
        _lake.Put(Table.Artist, "late", ["1", "One", "u", "t"]);
        var time = new GatedTime();
        var stopped = new FolderCrawlers(_lake.Lake, time);
        await stopped.StartAsync(s_artistCrawler, full: true, Cancellation);
        var disposal = stopped.DisposeAsync();
        time.Open();
        await disposal;

        await using (var next = new FolderCrawlers(_lake.Lake, TimeProvider.System))
        {
            var begun = await next.GetStatusAsync(s_artistCrawler, Cancellation);
            var ended = await LakeFixture.EndOfCrawlAsync(next, Table.Artist);

            Assert.Equal((CrawlerState.Running, LastCrawlStatus.Succeeded), (begun.State, begun.LastCrawl?.Status));
            Assert.True(ended.StartTime > begun.LastCrawl?.StartTime);
            Assert.Equal(1, await next.CountAsync(Table.Artist, new HashSet<string> { "late" }, Cancellation));
        }

        await using var last = new FolderCrawlers(_lake.Lake, TimeProvider.System);
        Assert.Equal(CrawlerState.Ready, (await last.GetStatusAsync(s_artistCrawler, Cancellation)).State);
    }

    [Fact]
    public async Task A_file_with_other_columns_is_left_out_and_named_with_both_lists()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        await _lake.CrawlAsync(Table.Artist);
        await File.WriteAllTextAsync(_lake.PathOf("transformed_data/artist_data/artist_transformed_b.csv"), "artist_id,name\n1,One\n", Cancellation);

        await _lake.CrawlAsync(Table.Artist);

        var entry = await new CatalogStore(_lake.Lake).FindAsync(Table.Artist, Cancellation);
        Assert.Equal(LastCrawlStatus.Succeeded, entry?.LastCrawl.Status);
        Assert.Contains("transformed_data/artist_data/artist_transformed_b.csv", entry?.LastCrawl.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("the columns artist_id, name;", entry?.LastCrawl.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("artist_data has artist_id, artist_name, external_url, extracted_at", entry?.LastCrawl.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(1, entry?.Rows);
    }

    [Theory]
    [InlineData("", "no columns")]
    [InlineData("artist_id,artist_name,external_url,extracted_at\n1,2,3\n", "field")]
    [InlineData("artist_id,artist_name,external_url,extracted_at\n\"1,2,3,4\n", "quot")]
    public async Task A_file_that_is_no_csv_of_the_table_is_left_out_and_named(string text, string reason)
    {
        Directory.CreateDirectory(_lake.PathOf("transformed_data/artist_data"));
        await File.WriteAllTextAsync(_lake.PathOf("transformed_data/artist_data/x.csv"), text, Cancellation);

        await using var crawlers = new FolderCrawlers(_lake.Lake, TimeProvider.System);
        await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
        var crawl = await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        Assert.Equal(LastCrawlStatus.Succeeded, crawl.Status);
        Assert.Contains("transformed_data/artist_data/x.csv", crawl.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(reason, crawl.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, (await new CatalogStore(_lake.Lake).FindAsync(Table.Artist, Cancellation))?.Rows);
    }

    [Fact]
    public async Task Of_a_file_that_was_mended_nothing_is_told()
    {
        await File.WriteAllTextAsync(_lake.Put(Table.Artist, "a"), "wrong\n", Cancellation);
        await _lake.CrawlAsync(Table.Artist);
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);

        await _lake.CrawlAsync(Table.Artist);

        var entry = await new CatalogStore(_lake.Lake).FindAsync(Table.Artist, Cancellation);
        Assert.Equal(LastCrawlStatus.Succeeded, entry?.LastCrawl.Status);
        Assert.Null(entry?.LastCrawl.ErrorMessage);
        Assert.Equal(1, entry?.Rows);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_written_fails_the_crawl()
    {
        Directory.CreateDirectory(_lake.PathOf(".catalog/artist_data.json/in-the-way"));

        await using var crawlers = new FolderCrawlers(_lake.Lake, TimeProvider.System);
        await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
        var crawl = await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        Assert.Equal(LastCrawlStatus.Failed, crawl.Status);
        Assert.Contains(".catalog/artist_data.json", crawl.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_files_are_not_read_again()
    {
        var path = _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        await _lake.CrawlAsync(Table.Artist);
        var modified = File.GetLastWriteTimeUtc(path);
        var length = new FileInfo(path).Length;

        // Two rows where one was, in as many bytes and at the same time: only a reader could tell.
        var twoRows = "artist_id,artist_name,external_url,extracted_at\n,,,\n,,,\n";
        await File.WriteAllTextAsync(path, twoRows.PadRight((int)length, '\n')[..(int)length], Cancellation);
        File.SetLastWriteTimeUtc(path, modified);
        await _lake.CrawlAsync(Table.Artist);
        var unread = await CountAsync(Table.Artist, "a");
        File.SetLastWriteTimeUtc(path, modified.AddSeconds(1));
        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal(1, unread);
        Assert.Equal(2, await CountAsync(Table.Artist, "a"));
    }

    [Fact]
    public async Task A_file_written_during_the_crawls_own_tick_is_read_again()
    {
        var path = _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        var length = (int)new FileInfo(path).Length;
        await using var crawlers = new FolderCrawlers(_lake.Lake, time);
        await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
        await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        await File.WriteAllTextAsync(path, "artist_id,artist_name,external_url,extracted_at\n,,,\n,,,\n".PadRight(length, '\n')[..length], Cancellation);
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        await crawlers.StartAsync(s_artistCrawler, full: true, Cancellation);
        await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);

        Assert.Equal(2, await CountAsync(Table.Artist, "a"));
    }

    [Fact]
    public async Task A_deleted_file_leaves_the_catalog()
    {
        var path = _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        _lake.Put(Table.Artist, "b", ["1", "One", "u", "t"]);
        await _lake.CrawlAsync(Table.Artist);
        File.Delete(path);

        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal(0, await CountAsync(Table.Artist, "a"));
        Assert.Equal(1, await CountAsync(Table.Artist, "b"));
    }

    [Fact]
    public async Task Hidden_files_and_files_of_other_kinds_are_no_part_of_a_table()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        await File.WriteAllTextAsync(_lake.PathOf("transformed_data/artist_data/.b.csv"), "x", Cancellation);
        await File.WriteAllTextAsync(_lake.PathOf("transformed_data/artist_data/notes.txt"), "x", Cancellation);

        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal(1, (await new CatalogStore(_lake.Lake).FindAsync(Table.Artist, Cancellation))?.Rows);
    }

    [Fact]
    public async Task Rows_are_counted_by_stem()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        _lake.Put(Table.Artist, "b", ["1", "One", "u", "t"], ["2", "Two", "u", "t"]);
        _lake.Put(Table.Artist, "c");
        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal(1, await CountAsync(Table.Artist, "a"));
        Assert.Equal(3, await CountAsync(Table.Artist, "a", "b", "c", "not there"));
        Assert.Equal(0, await CountAsync(Table.Artist, "c"));
        Assert.Equal(0, await CountAsync(Table.Artist));
    }

    [Fact]
    public async Task Rows_are_those_of_the_last_crawl_whichever_process_made_it()
    {
        await using FolderCrawlers crawlers = new(_lake.Lake, TimeProvider.System);
        await using FolderCrawlers ofAnother = new(_lake.Lake, TimeProvider.System);
        HashSet<string> stems = ["a", "b", "c"];
        var crawler = CatalogOptions.CrawlerOf(Table.Artist);
        List<long> counts = [];

        foreach (var (who, stem) in new[] { (crawlers, "a"), (ofAnother, "b"), (crawlers, "c"), (ofAnother, "a") })
        {
            await _lake.WriteAsync(Table.Artist, stem, [["1", "One", "u", "t", "raw.json"]]);
            await who.StartAsync(crawler, full: false, Cancellation);
            await LakeFixture.EndOfCrawlAsync(who, Table.Artist);
            counts.Add(await crawlers.CountAsync(Table.Artist, stems, Cancellation));
        }

        Assert.Equal([1, 2, 3, 3], counts);
    }

    [Fact]
    public async Task A_table_that_was_never_crawled_shows_no_rows()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);

        Assert.Equal(0, await CountAsync(Table.Artist, "a"));
    }

    [Fact]
    public async Task A_crawler_that_is_not_there_is_refused_with_the_names_of_those_that_are()
    {
        await using var crawlers = new FolderCrawlers(_lake.Lake, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => crawlers.StartAsync("my_crawler", full: true, Cancellation));

        Assert.Contains("'my_crawler'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("spotify_song_artist_crawler", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PermanentEtlException>(() => crawlers.GetStatusAsync("my_crawler", Cancellation));
    }

    [Fact]
    public async Task A_thousand_files_crawl_fast_and_faster_when_unchanged()
    {
        var rows = Enumerable.Range(0, 100).Select(row => Enumerable.Repeat($"value {row}", Table.Song.Columns.Count).ToArray()).ToArray();
        for (var i = 0; i < 1000; i++)
        {
            _lake.Put(Table.Song, $"{i:D4}", rows);
        }

        var fresh = await TimeOfCrawlAsync();
        var unchanged = await TimeOfCrawlAsync();

        Assert.Equal(100_000, (await new CatalogStore(_lake.Lake).FindAsync(Table.Song, Cancellation))?.Rows);
        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 files: new {fresh.TotalMilliseconds:F0} ms, unchanged {unchanged.TotalMilliseconds:F0} ms");
        Assert.True(fresh < TimeSpan.FromSeconds(10), $"new files took {fresh}");
        Assert.True(unchanged < fresh, $"unchanged files took {unchanged}, new ones {fresh}");
    }

    private async Task<TimeSpan> TimeOfCrawlAsync()
    {
        var watch = Stopwatch.StartNew();
        await _lake.CrawlAsync(Table.Song);
        return watch.Elapsed;
    }

    private async Task<long> CountAsync(Table table, params string[] stems)
    {
        await using var crawlers = new FolderCrawlers(_lake.Lake, TimeProvider.System);
        return await crawlers.CountAsync(table, stems.ToHashSet(StringComparer.Ordinal), Cancellation);
    }

    /// <summary>A clock that a crawl, which asks it first of all, waits for until the test opens it.</summary>
    private sealed class GatedTime : TimeProvider
    {
        private readonly TaskCompletionSource _gate = new();

        public void Open() => _gate.SetResult();

        public override DateTimeOffset GetUtcNow()
        {
            _gate.Task.Wait(Cancellation);
            return base.GetUtcNow();
        }
    }
}
