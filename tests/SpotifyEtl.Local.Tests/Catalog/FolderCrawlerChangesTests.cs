using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A crawl goes by what has changed, and looks at all files where that does not do.</summary>
public sealed class FolderCrawlerChangesTests : IDisposable
{
    private static readonly string s_crawler = CatalogOptions.CrawlerOf(Table.Artist);
    private static readonly string[] s_row = ["1", "One", "u", "t"];

    private readonly LakeFixture _lake = new();
    private readonly RecordingLog _log = new();
    private readonly ILoggerFactory _loggers;

    public FolderCrawlerChangesTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lake.Dispose();
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_added_what_was_deleted_is_gone_and_the_rest_stays()
    {
        await _lake.WriteAsync(Table.Artist, "gone", s_row);
        await _lake.WriteAsync(Table.Artist, "kept", s_row);
        await _lake.WriteAsync(Table.Artist, "other", s_row);
        await CrawlAsync();
        await _lake.Lake.DeleteAsync(Table.Artist.KeyFor("gone"), Cancellation);
        await _lake.WriteAsync(Table.Artist, "other", s_row, s_row);
        await _lake.WriteAsync(Table.Artist, "added", s_row, s_row, s_row);
        await _lake.WriteAsync(Table.Artist, "brief", s_row);
        await _lake.Lake.DeleteAsync(Table.Artist.KeyFor("brief"), Cancellation);

        Assert.Equal(4, await CrawlAsync());
        Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
        Assert.Equal(3, (await _lake.FilesAsync(Table.Artist)).Count);
        Assert.Equal(0, await CrawlAsync());
        Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
    }

    [Fact]
    public async Task A_crawl_after_one_changed_file_looks_at_no_other_of_two_thousand()
    {
        for (var number = 0; number < 2000; number++)
        {
            _lake.Put(Table.Artist, $"{number:D4}", s_row);
        }

        Assert.Equal(2000, await CrawlAsync());
        await _lake.WriteAsync(Table.Artist, "0007", s_row, s_row);

        // Whoever looked for the others would find that they are gone.
        var folder = Path.GetDirectoryName(_lake.PathOf(Table.Artist.KeyFor("0007")))!;
        Directory.Move(folder, folder + "_before");
        Directory.CreateDirectory(folder);
        File.Move(Path.Combine(folder + "_before", "artist_transformed_0007.csv"), _lake.PathOf(Table.Artist.KeyFor("0007")));

        Assert.Equal(1, await CrawlAsync());
        Assert.Equal(2000, (await _lake.FilesAsync(Table.Artist)).Count);
        Assert.Equal(2001, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task A_full_crawl_sees_what_was_done_past_the_lake()
    {
        _lake.Put(Table.Artist, "a", s_row);
        var path = _lake.Put(Table.Artist, "b", s_row);
        await CrawlAsync();
        File.Delete(path);
        _lake.Put(Table.Artist, "c", s_row, s_row);

        await CrawlAsync();
        Assert.Equal(2, (await EntryAsync())!.Rows);
        await _lake.CrawlAsync(Table.Artist);

        Assert.Equal(3, (await EntryAsync())!.Rows);
        Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
    }

    [Fact]
    public async Task A_full_crawl_that_was_cut_short_is_a_full_one_in_the_next_process()
    {
        await CrawlAsync();
        _lake.Put(Table.Artist, "a", s_row);
        using (await _lake.Lake.Changes.BeginAsync(Table.Artist.KeyFor("b"), Cancellation))
        {
            FolderCrawlers stopped = new(_lake.Lake, TimeProvider.System);
            await stopped.StartAsync(s_crawler, full: true, Cancellation);
            await stopped.DisposeAsync();
        }

        await using FolderCrawlers next = new(_lake.Lake, TimeProvider.System);
        Assert.Equal(CrawlerState.Running, (await next.GetStatusAsync(s_crawler, Cancellation)).State);
        await LakeFixture.EndOfCrawlAsync(next, Table.Artist);

        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task A_file_that_is_no_csv_of_the_table_is_left_out_and_told_of_by_every_crawl_until_it_is_mended()
    {
        await CrawlAsync();
        await WriteAsync("bad", "artist_id,name\n1,One\n");
        await _lake.WriteAsync(Table.Artist, "good", s_row);

        var first = await _lake.CrawlChangesAsync(Table.Artist);
        var second = await _lake.CrawlChangesAsync(Table.Artist);

        Assert.All([first, second], crawl => Assert.Equal(LastCrawlStatus.Succeeded, crawl.Status));
        Assert.All([first, second], crawl => Assert.Contains("artist_transformed_bad.csv", crawl.ErrorMessage, StringComparison.Ordinal));
        Assert.Equal(1, (await EntryAsync())!.Rows);

        // By hand, as the message says.
        File.Delete(_lake.PathOf(Table.Artist.KeyFor("bad")));
        Assert.Null((await _lake.CrawlChangesAsync(Table.Artist)).ErrorMessage);
        Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task Changes_whose_entry_could_not_be_saved_are_in_that_of_the_next_crawl()
    {
        await CrawlAsync();
        await _lake.WriteAsync(Table.Artist, "a", s_row);
        Directory.Delete(_lake.PathOf(".tmp"));
        await File.WriteAllTextAsync(_lake.PathOf(".tmp"), "in the way", Cancellation);
        Assert.Equal(LastCrawlStatus.Failed, (await _lake.CrawlChangesAsync(Table.Artist)).Status);
        File.Delete(_lake.PathOf(".tmp"));

        Assert.Equal(1, await CrawlAsync());
        Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
    }

    [Fact]
    public async Task After_a_first_crawl_that_failed_the_next_looks_at_all_files()
    {
        _lake.Put(Table.Artist, "a", s_row);
        var inTheWay = Directory.CreateDirectory(_lake.PathOf(".catalog/artist_data.json/in-the-way")).Parent!;
        Assert.Equal(LastCrawlStatus.Failed, (await _lake.CrawlChangesAsync(Table.Artist)).Status);
        inTheWay.Delete(recursive: true);

        await CrawlAsync();

        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task The_first_crawl_of_a_lake_of_an_earlier_version_looks_at_all_files()
    {
        _lake.Put(Table.Artist, "a", s_row);
        await CrawlAsync();
        await ChangeEntryAsync(entry => entry.Remove("canAdvance"));
        Directory.Delete(_lake.PathOf(".changes"), recursive: true);
        _lake.Put(Table.Artist, "b", s_row);

        await _lake.WriteAsync(Table.Artist, "c", s_row);
        await CrawlAsync();

        Assert.Equal(3, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task A_crawl_after_one_by_an_earlier_version_looks_at_all_files()
    {
        await CrawlAsync();
        _lake.Put(Table.Artist, "a", s_row);
        await ChangeEntryAsync(entry => entry.Remove("canAdvance"));

        await CrawlAsync();

        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task A_lake_that_lost_its_marks_has_all_files_looked_at_also_when_that_crawl_does_not_end()
    {
        await CrawlAsync();
        _lake.Put(Table.Artist, "a", s_row);
        Directory.Delete(_lake.PathOf(".changes"), recursive: true);
        await _lake.Lake.Changes.Of(Table.Artist).ClaimAsync(Cancellation);

        await CrawlAsync();

        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task An_entry_that_cannot_be_read_is_written_anew_from_all_files(string text)
    {
        await CrawlAsync();
        _lake.Put(Table.Artist, "a", s_row);
        await File.WriteAllTextAsync(_lake.PathOf(".catalog/artist_data.json"), text, Cancellation);

        await CrawlAsync();

        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task An_entry_with_other_columns_is_written_anew_from_all_files()
    {
        await CrawlAsync();
        _lake.Put(Table.Artist, "a", s_row);
        await ChangeEntryAsync(entry => entry["columns"]!.AsArray().RemoveAt(Table.Artist.Columns.Count - 1));

        await CrawlAsync();

        Assert.Equal(Table.Artist.Columns, (await EntryAsync())!.Columns);
        Assert.Equal(1, (await EntryAsync())!.Rows);
    }

    [Fact]
    public async Task Crawls_of_two_processes_at_once_follow_one_another_and_lose_nothing()
    {
        await CrawlAsync();
        await using FolderCrawlers one = new(_lake.Lake, TimeProvider.System);
        await using FolderCrawlers other = new(new FolderLake(_lake.Lake.Root), TimeProvider.System);
        for (var round = 0; round < 10; round++)
        {
            await _lake.WriteAsync(Table.Artist, $"a{round}", s_row);
            await one.StartAsync(s_crawler, full: false, Cancellation);
            await _lake.WriteAsync(Table.Artist, $"b{round}", s_row);
            await other.StartAsync(s_crawler, full: false, Cancellation);
            var ends = await Task.WhenAll(LakeFixture.EndOfCrawlAsync(one, Table.Artist), LakeFixture.EndOfCrawlAsync(other, Table.Artist));

            Assert.NotEqual(ends[0].StartTime, ends[1].StartTime);
            Assert.Equal(_lake.LookAtAll(Table.Artist), await _lake.FilesAsync(Table.Artist));
        }
    }

    [Fact]
    public async Task A_crawl_asked_for_while_another_process_crawls_is_taken_up_when_its_own_process_dies()
    {
        await CrawlAsync();
        await using FolderCrawlers one = new(_lake.Lake, TimeProvider.System);
        FolderCrawlers other = new(_lake.Lake, TimeProvider.System);
        using (await _lake.Lake.Changes.BeginAsync(Table.Artist.KeyFor("a"), Cancellation))
        {
            await one.StartAsync(s_crawler, full: false, Cancellation);
            using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(1));
            while (!File.Exists(_lake.PathOf(".catalog/artist_data.crawling-begun")))
            {
                await poll.WaitForNextTickAsync(Cancellation);
            }

            await other.StartAsync(s_crawler, full: false, Cancellation);
            await other.DisposeAsync();
        }

        await LakeFixture.EndOfCrawlAsync(one, Table.Artist);

        await using FolderCrawlers next = new(_lake.Lake, TimeProvider.System);
        Assert.Equal(CrawlerState.Running, (await next.GetStatusAsync(s_crawler, Cancellation)).State);
        await LakeFixture.EndOfCrawlAsync(next, Table.Artist);
        await using FolderCrawlers last = new(_lake.Lake, TimeProvider.System);
        Assert.Equal(CrawlerState.Ready, (await last.GetStatusAsync(s_crawler, Cancellation)).State);
    }

    /// <summary>Crawls what has changed.</summary>
    /// <returns>At how many files it looked.</returns>
    private async Task<int> CrawlAsync()
    {
        _log.Lines.Clear();
        Assert.Equal(LastCrawlStatus.Succeeded, (await _lake.CrawlChangesAsync(Table.Artist, _loggers.CreateLogger<FolderCrawlers>())).Status);
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith("Information 701 artist_data was crawled. Files looked at: ", line, StringComparison.Ordinal);
        return int.Parse(line.Split(": ")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<CatalogEntry?> EntryAsync() => new CatalogStore(_lake.Lake).FindAsync(Table.Artist, Cancellation);

    private async Task ChangeEntryAsync(Action<JsonObject> change)
    {
        var path = _lake.PathOf(".catalog/artist_data.json");
        var entry = JsonNode.Parse(await File.ReadAllTextAsync(path, Cancellation))!.AsObject();
        Assert.True((bool)entry["canAdvance"]!);
        change(entry);
        await File.WriteAllTextAsync(path, entry.ToJsonString(), Cancellation);
    }

    private async Task WriteAsync(string stem, string text)
    {
        await using var writer = await _lake.Lake.CreateAsync(Table.Artist.KeyFor(stem), Cancellation);
        await writer.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), Cancellation);
        await writer.CommitAsync(Cancellation);
    }
}
