using System.Diagnostics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace Benchmarks.Local;

/// <summary>A lake in a folder with many files: listing them page by page, and what the catalog's queries take over them.</summary>
internal sealed class FolderBenchmark(string folder)
{
    private const int RawFiles = 10_000;
    private const int Page = 100;
    private const int TableFiles = 1000;
    private const int RowsPerFile = 100;

    private static readonly TimeSpan s_computing = TimeSpan.FromMilliseconds(500);

    private readonly FolderLake _lake = new(folder);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("folder-benchmark-");
        try
        {
            FolderBenchmark benchmark = new(folder.FullName);
            await benchmark.MeasureListingAsync();
            await benchmark.MeasureQueriesAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureListingAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, LakeKeys.ToProcess));
        for (var number = 0; number < RawFiles; number++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, LakeKeys.ToProcess, $"spotify_raw_{number:D5}.json"), string.Empty);
        }

        Figure.Print("local.list.10000_files.100_pages_ms", await Median.MillisecondsAsync(ListAsync), "ms");
    }

    // Each page begins anew after the last key of the one before, as a planner's do.
    private async Task ListAsync()
    {
        List<string> keys = [];
        int before;
        do
        {
            before = keys.Count;
            await foreach (var item in _lake.ListAsync(LakeKeys.ToProcess, keys.LastOrDefault()))
            {
                keys.Add(item.Key);
                if (keys.Count == before + Page)
                {
                    break;
                }
            }
        }
        while (keys.Count > before);

        Require(keys.Count == RawFiles, $"{keys.Count} of {RawFiles} files were listed");
    }

    private async Task MeasureQueriesAsync()
    {
        await WriteTableAsync();
        await CrawlAsync();
        DuckDbQueries queries = new(_lake);
        const string Newest =
            "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC) AS n FROM song_data) WHERE n = 1";
        var count = await Median.MillisecondsAsync(() => RequireValueAsync(queries, "SELECT count(*) FROM song_data", $"{TableFiles * RowsPerFile}"));
        var newest = await Median.MillisecondsAsync(() => RequireValueAsync(queries, Newest, $"{RowsPerFile}"));
        Figure.Print("local.query.1000_files.count_ms", count, "ms");
        Figure.Print("local.query.1000_files.newest_per_id_ms", newest, "ms");
        Figure.Print("local.query.cancel_ms", await CancelledAfterAsync(queries), "ms");
    }

    // From the cancellation of a query that would compute for hours until it has ended.
    private static async Task<double> CancelledAfterAsync(DuckDbQueries queries)
    {
        const string Hours = """
            SELECT sum((a.x + b.x) * c.x)
            FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(x), UNNEST(sequence(1, 10000)) c(x)
            """;
        using CancellationTokenSource cancel = new();
        var computing = queries.QueryAsync(Hours, cancel.Token);
        await Task.Delay(s_computing, TimeProvider.System, CancellationToken.None);
        var start = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        try
        {
            await computing;
            throw new InvalidOperationException("The query was not cancelled.");
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    private static async Task RequireValueAsync(DuckDbQueries queries, string sql, string expected)
    {
        var result = await queries.QueryAsync(sql);
        await foreach (var row in result.Rows)
        {
            Require(row[0] == expected, $"{sql} gave {row[0]} and not {expected}");
        }
    }

    // Dated an hour back, so that a crawl may trust the files' times.
    private async Task WriteTableAsync()
    {
        var columns = Table.Song.Columns;
        var rows = Enumerable.Range(0, RowsPerFile).Select(row => string.Join(',', Enumerable.Repeat($"value {row}", columns.Count)));
        var text = string.Join(',', columns) + "\n" + string.Concat(rows.Select(row => row + "\n"));
        for (var number = 0; number < TableFiles; number++)
        {
            var path = Path.Combine(folder, Table.Song.KeyFor($"{number:D4}"));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text);
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }
    }

    private async Task CrawlAsync()
    {
        await using FolderCrawlers crawlers = new(_lake, TimeProvider.System);
        foreach (var table in Table.All)
        {
            await crawlers.StartAsync(CatalogOptions.CrawlerOf(table), full: true);
            while ((await crawlers.GetStatusAsync(CatalogOptions.CrawlerOf(table))).State != CrawlerState.Ready)
            {
                await Task.Yield();
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
