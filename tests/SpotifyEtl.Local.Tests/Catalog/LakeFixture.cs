using System.Text;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Tests.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A folder lake of a test, with what puts tables into it and crawls them.</summary>
internal sealed class LakeFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LakeFixture() => Lake = new FolderLake(_folder.FullPath);

    public FolderLake Lake { get; }

    public string PathOf(string relativePath) => _folder.File(relativePath);

    /// <summary>Writes a file of a table, dated an hour back, so that a crawl may trust its time.</summary>
    public string Put(Table table, string stem, params string[][] rows)
    {
        var path = _folder.File(table.KeyFor(stem));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Csv([[.. table.Columns], .. rows.Select(row => Complete(row, table))]));
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        return path;
    }

    /// <summary>Writes a file of a table as the pipeline does.</summary>
    public async Task WriteAsync(Table table, string stem, params string[][] rows)
    {
        await using var writer = await Lake.CreateAsync(table.KeyFor(stem), TestContext.Current.CancellationToken);
        await writer.Stream.WriteAsync(
            Encoding.UTF8.GetBytes(Csv([[.. table.Columns], .. rows.Select(row => Complete(row, table))])), TestContext.Current.CancellationToken);
        await writer.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Crawls what has changed in a table, as a process that begins then, and waits for the end.</summary>
    public async Task<LastCrawl> CrawlChangesAsync(Table table, ILogger<FolderCrawlers>? log = null)
    {
        await using FolderCrawlers crawlers = new(Lake, TimeProvider.System, log);
        await crawlers.StartAsync(CatalogOptions.CrawlerOf(table), full: false, TestContext.Current.CancellationToken);
        return await EndOfCrawlAsync(crawlers, table);
    }

    /// <summary>What the catalog has of a table, file by file.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync(Table table)
    {
        var entry = await new CatalogStore(Lake).FindAsync(table, TestContext.Current.CancellationToken);
        Assert.Equal(entry?.Files.Sum(file => file.Rows), entry?.Rows);
        return [.. entry?.Files.Select(Describe) ?? []];
    }

    /// <summary>What a look at all files of a table finds, file by file.</summary>
    /// <exception cref="Errors.PermanentEtlException">One is none of the table.</exception>
    public IReadOnlyList<string> LookAtAll(Table table) =>
    [
        .. new TableScan(new TableFiles(Lake, table), table, TimeProvider.System.GetUtcNow())
            .All([], new HashSet<string>(StringComparer.Ordinal), TestContext.Current.CancellationToken)
            .Select(Describe),
    ];

    /// <summary>
    /// Crawls all files of the tables (all, unless named), as they were put past the lake, and waits for the end; where none is named, writes the typed
    /// tables of all that is there, too.
    /// </summary>
    public async Task CrawlAsync(params Table[] tables)
    {
        await using var crawlers = new FolderCrawlers(Lake, TimeProvider.System);
        foreach (var table in tables is [] ? Table.Crawled : tables)
        {
            await crawlers.StartAsync(CatalogOptions.CrawlerOf(table), full: true, TestContext.Current.CancellationToken);
            await EndOfCrawlAsync(crawlers, table);
        }

        if (tables is [])
        {
            await WriteMonthsAsync();
        }
    }

    private async Task WriteMonthsAsync()
    {
        MonthIndex index = new(Lake, new LakeRecords(Lake));
        FileMonths months = new(Lake, index);
        var stems = Table.All
            .SelectMany(table => Lake.Files(table.Prefix, TestContext.Current.CancellationToken).Select(file => table.StemOf(file.Key)))
            .OfType<string>();
        foreach (var stem in stems.Distinct(StringComparer.Ordinal))
        {
            await months.IndexAsync("test", new RawFileName(stem + ".json"), TestContext.Current.CancellationToken);
        }

        MonthWriter writer = new(Lake, index);
        foreach (var month in await index.ListDueAsync(TestContext.Current.CancellationToken))
        {
            await writer.WriteAsync(month, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<LastCrawl> EndOfCrawlAsync(FolderCrawlers crawlers, Table table)
    {
        while (true)
        {
            var status = await crawlers.GetStatusAsync(CatalogOptions.CrawlerOf(table), TestContext.Current.CancellationToken);
            if (status.State == CrawlerState.Ready)
            {
                return status.LastCrawl!;
            }

            await Task.Yield();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Describe(CatalogFile file) => $"{file.Name}: {file.SizeBytes} bytes, {file.Rows} rows of {file.Columns?.ToString() ?? "all"} columns";

    /// <summary>A row has an empty field for each column that came after it was thought up.</summary>
    private static string[] Complete(string[] row, Table table) => [.. row, .. Enumerable.Repeat("", Math.Max(0, table.Columns.Count - row.Length))];

    private static string Csv(IEnumerable<string[]> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Field)) + "\n"));

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
