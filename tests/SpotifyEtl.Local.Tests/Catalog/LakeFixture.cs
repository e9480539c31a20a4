using SpotifyEtl.Catalog;
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

    /// <summary>Crawls the tables (all, unless named) and waits for the end.</summary>
    public async Task CrawlAsync(params Table[] tables)
    {
        await using var crawlers = new FolderCrawlers(Lake, TimeProvider.System);
        foreach (var table in tables is [] ? Table.Crawled : tables)
        {
            await crawlers.StartAsync(CatalogOptions.CrawlerOf(table), TestContext.Current.CancellationToken);
            await EndOfCrawlAsync(crawlers, table);
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

    /// <summary>A row has an empty field for each column that came after it was thought up.</summary>
    private static string[] Complete(string[] row, Table table) => [.. row, .. Enumerable.Repeat("", Math.Max(0, table.Columns.Count - row.Length))];

    private static string Csv(IEnumerable<string[]> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Field)) + "\n"));

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
