using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Whatever happens before, who crawls what has changed knows as much as who looks at all files.</summary>
public sealed class FolderCrawlerProperties
{
    private const int Files = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Each step is something that a process does to the table, and each is another process.</summary>
    [Property(MaxTest = 60)]
    public async Task After_any_writes_deletions_crawls_and_deaths_an_entry_is_that_of_a_look_at_all_files(byte[] steps)
    {
        using LakeFixture lake = new();
        foreach (var step in steps)
        {
            var key = Table.Artist.KeyFor(string.Create(CultureInfo.InvariantCulture, $"{step % Files}"));
            var what = step / Files;
            switch (what % 11)
            {
                case 0 or 1:
                    await WriteAsync(lake, key, Header(Table.Artist.Columns.Count), what);
                    break;
                case 2:
                    await WriteAsync(lake, key, Header(3), what);
                    break;
                case 3:
                    await WriteAsync(lake, key, "no,table\n", 0);
                    break;
                case 4 or 5:
                    await new FolderLake(lake.Lake.Root).DeleteAsync(key, Cancellation);
                    break;
                case 6:
                    // Died after the mark and before the change.
                    (await new FolderLake(lake.Lake.Root).Changes.BeginAsync(key, Cancellation))!.Dispose();
                    break;
                case 7:
                    // Died before the entry was saved.
                    await new FolderLake(lake.Lake.Root).Changes.Of(Table.Artist).ClaimAsync(Cancellation);
                    break;
                case 8:
                    await DieAfterSavingAsync(lake, forgotten: what % 3);
                    break;
                case 9:
                    await new FolderLake(lake.Lake.Root).Changes.Of(Table.Artist).AskForAllAsync(Cancellation);
                    break;
                default:
                    await CrawlAsync(lake);
                    break;
            }
        }

        await CrawlAsync(lake);
        for (var file = 0; file < Files; file++)
        {
            await lake.Lake.DeleteAsync(Table.Artist.KeyFor(string.Create(CultureInfo.InvariantCulture, $"{file}")), Cancellation);
        }

        await CrawlAsync(lake);
        Assert.Empty(await lake.FilesAsync(Table.Artist));
    }

    /// <summary>Each list is what a process does to the table.</summary>
    [Property(MaxTest = 10)]
    public async Task Of_what_processes_write_and_delete_at_once_while_others_crawl_nothing_is_missed(byte[] one, byte[] another, byte[] third)
    {
        using LakeFixture lake = new();
        byte[][] writers = [one, another, third];
        var writing = Task.WhenAll(writers.Select(steps => Task.Run(() => ChangeAsync(lake.Lake.Root, steps), Cancellation)));
        var crawling = Task.WhenAll(Enumerable.Range(0, 3).Select(crawler => Task.Run(() => CrawlUntilAsync(lake.Lake.Root, writing, crawler), Cancellation)));

        await Task.WhenAll(writing, crawling);

        Assert.Equal(lake.LookAtAll(Table.Artist), await lake.FilesAsync(Table.Artist));
    }

    /// <summary>Crawls what has changed, which must end as a look at all files would.</summary>
    private static async Task CrawlAsync(LakeFixture lake)
    {
        var all = lake.LookAtAll(Table.Artist);
        var isOneUnreadable = Directory.Exists(lake.PathOf(Table.Artist.Prefix))
            && Directory.GetFiles(lake.PathOf(Table.Artist.Prefix)).Any(path => File.ReadAllText(path).StartsWith("no,table", StringComparison.Ordinal));

        var crawl = await lake.CrawlChangesAsync(Table.Artist);

        Assert.Equal((LastCrawlStatus.Succeeded, isOneUnreadable), (crawl.Status, crawl.ErrorMessage is not null));
        Assert.Equal(all, await lake.FilesAsync(Table.Artist));
    }

    /// <summary>Crawls, and puts back the marks, or all but a few of them, as one left them that died when the entry was saved.</summary>
    private static async Task DieAfterSavingAsync(LakeFixture lake, int forgotten)
    {
        var folder = lake.PathOf(".changes/artist_data");
        var marks = Directory.Exists(folder)
            ? Directory.GetDirectories(folder).SelectMany(Directory.GetFiles).Select(path => Path.GetFileName(path)).Distinct(StringComparer.Ordinal).ToList()
            : [];
        await CrawlAsync(lake);
        var claimed = Directory.CreateDirectory(Path.Combine(folder, $"claimed-{Guid.NewGuid():N}")).FullName;
        foreach (var mark in marks.Skip(forgotten))
        {
            await File.WriteAllBytesAsync(Path.Combine(claimed, mark), [], Cancellation);
        }
    }

    private static async Task ChangeAsync(string root, byte[] steps)
    {
        FolderLake lake = new(root);
        foreach (var step in steps)
        {
            var key = Table.Artist.KeyFor(string.Create(CultureInfo.InvariantCulture, $"{step % 12}"));
            if (step / 12 % 3 == 0)
            {
                await lake.DeleteAsync(key, Cancellation);
            }
            else
            {
                await WriteAsync(lake, key, Header(Table.Artist.Columns.Count), step / 12);
            }
        }
    }

    private static async Task CrawlUntilAsync(string root, Task writing, int full)
    {
        await using FolderCrawlers crawlers = new(new FolderLake(root), TimeProvider.System);
        bool wasWritten;
        var crawls = 0;
        do
        {
            wasWritten = writing.IsCompleted;
            await crawlers.StartAsync(CatalogOptions.CrawlerOf(Table.Artist), full: full == 0 && crawls++ % 5 == 0, Cancellation);
            var crawl = await LakeFixture.EndOfCrawlAsync(crawlers, Table.Artist);
            Assert.True(crawl.Status is LastCrawlStatus.Succeeded, crawl.ErrorMessage);
        }
        while (!wasWritten);
    }

    private static Task WriteAsync(LakeFixture lake, string key, string header, int rows) => WriteAsync(new FolderLake(lake.Lake.Root), key, header, rows);

    private static async Task WriteAsync(FolderLake lake, string key, string header, int rows)
    {
        await using var writer = await lake.CreateAsync(key, Cancellation);
        var row = new string(',', header.Count(letter => letter == ',')) + "\n";
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Repeat(row, rows))), Cancellation);
        await writer.CommitAsync(Cancellation);
    }

    private static string Header(int columns) => string.Join(',', Table.Artist.Columns.Take(columns)) + "\n";
}
