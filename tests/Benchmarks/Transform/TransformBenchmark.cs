using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform;

namespace Benchmarks.Transform;

/// <summary>
/// The transform on a folder lake, beside an empty pass of a JSON reader over the same bytes. Both are the medians of rounds that take turns,
/// as other work on the machine slows them alike.
/// </summary>
internal sealed class TransformBenchmark(string folder)
{
    private const long Megabyte = 1_000_000;
    private const int Rounds = 5;
    private const int ChunkBytes = 1 << 18;

    /// <summary>The name of the large file.</summary>
    public const string Name = "spotify_raw_4hRz0PqVt2mXk9wYc7LbNa_20261122T060000Z.json";

    private readonly FolderLake _lake = new(folder);

    /// <summary>Measures a file of 400 MB and a thousand small ones; with <paramref name="large"/> one of 1.2 GB too.</summary>
    public static async Task RunAsync(bool large)
    {
        var folder = Directory.CreateTempSubdirectory("transform-benchmark-");
        try
        {
            TransformBenchmark benchmark = new(folder.FullName);
            await benchmark.MeasureSpeedAsync();
            var usual = await TransformPeak.MeasureAsync(400);
            Figure.Print("transform.peak_mb", usual.Megabytes, "MB");
            if (large)
            {
                var more = await TransformPeak.MeasureAsync(1200);
                Figure.Print("transform.large.peak_mb", more.Megabytes, "MB");
                Figure.Print("transform.bytes_per_further_id", (more.Megabytes - usual.Megabytes) * 1048576 / (more.DistinctIds - usual.DistinctIds), "B");
            }

            await benchmark.MeasureSmallFilesAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureSpeedAsync()
    {
        var path = PathOf(Name);
        new MadeUpRawFile().Write(path, 400 * Megabyte);
        var bytes = new FileInfo(path).Length;
        List<(double Empty, double Transform)> seconds = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var empty = Time(() => PassOver(path));
            var transform = await TimeAsync(() => TransformAsync(_lake, Name));
            if (round > 0)
            {
                seconds.Add((empty, transform));
            }
        }

        Figure.Print("json.empty_pass.mb_per_s", bytes / Megabyte / Median(seconds.Select(round => round.Empty)), "MB/s");
        Figure.Print("transform.mb_per_s", bytes / Megabyte / Median(seconds.Select(round => round.Transform)), "MB/s");
        Figure.Print("transform.share_of_empty_pass", Median(seconds.Select(round => round.Empty / round.Transform)), "1");
        Figure.Print("transform.share_of_empty_pass.best", seconds.Max(round => round.Empty / round.Transform), "1");
    }

    private async Task MeasureSmallFilesAsync()
    {
        const int Files = 1000;
        MadeUpRawFile maker = new();
        List<string> names = [.. Enumerable.Range(0, Files).Select(number => $"small-{number:D4}.json")];
        names.ForEach(name => maker.Write(PathOf(name), leastBytes: 0, leastRows: 100));
        var seconds = await TimeAsync(() => Parallel.ForEachAsync(names, async (name, _) => await TransformAsync(_lake, name)));
        Figure.Print("transform.small_files_per_s", Files / seconds, "1/s");
    }

    /// <summary>Transforms a file of the lake.</summary>
    public static async Task TransformAsync(FolderLake lake, string name)
    {
        RawFileTransformer transformer = new(lake, Options.Create(new QualityOptions()));
        if (await transformer.TransformAsync(new RawFileName(name).ToProcessKey) is not Transformed { Items: > 0 })
        {
            throw new InvalidOperationException($"{name} was not transformed.");
        }
    }

    /// <summary>An empty pass of a JSON reader over a file: what its bytes cost at the least.</summary>
    public static void PassOver(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var window = new byte[2 * ChunkBytes];
        var filled = 0;
        JsonReaderState state = default;
        int read;
        do
        {
            read = file.Read(window.AsSpan(filled));
            filled += read;
            Utf8JsonReader reader = new(window.AsSpan(0, filled), isFinalBlock: read == 0, state);
            while (reader.Read())
            {
            }

            var used = (int)reader.BytesConsumed;
            window.AsSpan(used, filled - used).CopyTo(window);
            filled -= used;
            state = reader.CurrentState;
        }
        while (read > 0);
    }

    private string PathOf(string name) => Path.Combine(folder, LakeKeys.ToProcess, name);

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
