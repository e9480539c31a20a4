using System.Globalization;
using Benchmarks.Transform;

namespace Benchmarks.Local;

/// <summary>
/// The program over many raw files: a thousand into an empty lake, in a folder and on S3 whose calls take 30 ms; and a lake of ten thousand, which is
/// asked, reported on and added to. Each figure is printed beside its limit.
/// </summary>
internal sealed class ManyFilesBenchmark(string folder, bool oneMonth = false, bool distinct = false)
{
    // More than any playlist has had songs by the end.
    private const long SongsOfPlaylist = 100_000;

    private const int Thousand = 1000;
    private const int RowsOfThousand = 100;
    private const int TenThousand = 10_000;
    private const int RowsOfTenThousand = 50;
    private const int Playlists = 28;
    private const int Rounds = 3;

    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(30);
    private static readonly DateTimeOffset s_firstMorning = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly MadeUpRawFile _rows = new();

    /// <param name="oneMonth">Whether all of the ten thousand are of one month.</param>
    /// <param name="distinct">
    /// Whether each of their rows is of a song that no other is of. Else they are those of playlists in which every morning one song makes room for another.
    /// </param>
    public static Task RunInFolderAsync(bool oneMonth, bool distinct) => InFolderAsync(
        async benchmark =>
        {
            await benchmark.MeasureThousandInFolderAsync();
            await benchmark.MeasureTenThousandAsync();
        },
        oneMonth,
        distinct);

    public static Task RunOnS3Async() => InFolderAsync(benchmark => benchmark.MeasureThousandOnS3Async());

    private static async Task InFolderAsync(Func<ManyFilesBenchmark, Task> measure, bool oneMonth = false, bool distinct = false)
    {
        var folder = Directory.CreateTempSubdirectory("many-files-benchmark-");
        try
        {
            await measure(new ManyFilesBenchmark(folder.FullName, oneMonth, distinct));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureThousandInFolderAsync()
    {
        Write("thousand", Thousand, RowsOfThousand, charts: false);
        List<ProgramRun> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await RunAsync("run", "--raw", "thousand", "--lake", $"lake-{round}", "--state", $"state-{round}", "--json"));
        }

        Figure.Print("lake.1000_files.files_per_s", Thousand / Median(rounds).Time.TotalSeconds, "1/s", atLeast: 120);
        Figure.Print("lake.1000_files.peak_mb", rounds.Max(round => round.PeakMegabytes), "MB", atMost: 250);
    }

    private async Task MeasureTenThousandAsync()
    {
        Write("ten-thousand", TenThousand, RowsOfTenThousand, charts: !distinct);
        var load = await RunAsync("run", "--raw", "ten-thousand", "--lake", "lake", "--state", "state", "--json");
        Figure.Print("lake.10000_files.load.files_per_s", TenThousand / load.Time.TotalSeconds, "1/s");
        Figure.Print("lake.10000_files.load.peak_mb", load.PeakMegabytes, "MB");

        List<ProgramRun> queries = [];
        List<ProgramRun> reports = [];
        List<ProgramRun> more = [];
        for (var round = 0; round < Rounds; round++)
        {
            queries.Add(await RunAsync("query", "--name", "top_songs", "--lake", "lake"));
            reports.Add(await RunAsync("report", "--lake", "lake", "--out", "report.html"));
            Write($"more-{round}", 1, RowsOfTenThousand, charts: !distinct, first: TenThousand - Playlists - 1 + round);
            more.Add(await RunAsync("run", "--raw", $"more-{round}", "--lake", "lake", "--state", "state", "--json"));
        }

        Figure.Print("lake.10000_files.top_songs_s", Median(queries).Time.TotalSeconds, "s", atMost: 1.5);
        Figure.Print("lake.10000_files.top_songs.peak_mb", queries.Max(round => round.PeakMegabytes), "MB", atMost: 300);
        Figure.Print("lake.10000_files.report_s", Median(reports).Time.TotalSeconds, "s", atMost: 4);
        Figure.Print("lake.10000_files.report.peak_mb", reports.Max(round => round.PeakMegabytes), "MB");
        Figure.Print("lake.10000_files.one_more_s", Median(more).Time.TotalSeconds, "s", atMost: 3);
        Figure.Print("lake.10000_files.one_more.peak_mb", more.Max(round => round.PeakMegabytes), "MB");
    }

    private async Task MeasureThousandOnS3Async()
    {
        Write("thousand", Thousand, RowsOfThousand, charts: false);
        List<ProgramRun> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using var bucket = await LoopbackBucket.StartAsync(s_latency);
            rounds.Add(await ProgramRun.MeasureAsync(
                folder, ["run", "--raw", "thousand", "--lake", LoopbackBucket.Uri, "--state", $"state-{round}", "--json"], bucket.Settings));
        }

        Figure.Print("s3.1000_files.files_per_s", Thousand / Median(rounds).Time.TotalSeconds, "1/s", atLeast: 60);
        Figure.Print("s3.1000_files.peak_mb", rounds.Max(round => round.PeakMegabytes), "MB");
    }

    // As many playlists as a month has days, each extracted every morning.
    private void Write(string name, int files, int rows, bool charts, int first = 0)
    {
        for (var number = first; number < first + files; number++)
        {
            var playlist = $"4hRz0PqVt2mXk9wYc7{number % Playlists:D4}";
            var time = s_firstMorning + (oneMonth ? TimeSpan.FromMinutes(number) : TimeSpan.FromDays(number / Playlists));
            var stamp = time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var suffix = first == 0 ? "" : "_more";
            long? firstRow = charts ? (number % Playlists * SongsOfPlaylist) + (number / Playlists) : null;
            _rows.Write(Path.Combine(folder, name, $"spotify_raw_{playlist}_{stamp}{suffix}.json"), playlist, time, leastBytes: 0, rows, firstRow);
        }
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.MeasureAsync(folder, arguments);

    private static ProgramRun Median(List<ProgramRun> rounds) => rounds.OrderBy(round => round.Time).ElementAt(Rounds / 2);
}
