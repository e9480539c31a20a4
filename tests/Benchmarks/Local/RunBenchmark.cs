using System.Diagnostics;
using Benchmarks.Transform;

namespace Benchmarks.Local;

/// <summary>
/// The program from its start to its exit: <c>run --raw</c> of one large file, beside an empty pass of a JSON reader over it, and the demo's run.
/// </summary>
internal static class RunBenchmark
{
    private const long Megabyte = 1_000_000;
    private const int Rounds = 3;

    /// <param name="large">Whether the file has 1.2 GB and not 400 MB.</param>
    public static async Task RunAsync(bool large)
    {
        var folder = Directory.CreateTempSubdirectory("run-benchmark-").FullName;
        try
        {
            await MeasureDemoAsync(folder);
            await MeasureRawAsync(folder, large ? 1200 : 400);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureDemoAsync(string folder)
    {
        List<ProgramRun> rounds = [];
        for (var round = 0; round <= Rounds; round++)
        {
            rounds.Add(await MeasureAsync(folder, $"demo-{round}"));
        }

        Figure.Print("run.demo_ms", MedianOf(rounds.Skip(1), round => round.Time.TotalMilliseconds), "ms");
        Figure.Print("run.demo.peak_mb", MedianOf(rounds.Skip(1), round => round.PeakMegabytes), "MB");
    }

    private static async Task MeasureRawAsync(string folder, int megabytes)
    {
        var file = Path.Combine(folder, TransformBenchmark.Name);
        new MadeUpRawFile().Write(file, megabytes * Megabyte);
        List<(TimeSpan Empty, ProgramRun Run)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            TransformBenchmark.PassOver(file);
            var empty = Stopwatch.GetElapsedTime(start);
            rounds.Add((empty, await MeasureAsync(folder, $"raw-{round}", "--raw", file)));
            Directory.Delete(Path.Combine(folder, $"raw-{round}"), recursive: true);
        }

        Figure.Print($"run.raw_{megabytes}_mb.empty_pass_s", MedianOf(rounds, round => round.Empty.TotalSeconds), "s");
        Figure.Print($"run.raw_{megabytes}_mb_s", MedianOf(rounds, round => round.Run.Time.TotalSeconds), "s");
        Figure.Print($"run.raw_{megabytes}_mb.passes_after_2_s", MedianOf(rounds, round => (round.Run.Time.TotalSeconds - 2) / round.Empty.TotalSeconds), "1");
        Figure.Print($"run.raw_{megabytes}_mb.peak_mb", rounds.Max(round => round.Run.PeakMegabytes), "MB");
    }

    private static Task<ProgramRun> MeasureAsync(string folder, string name, params string[] arguments) => ProgramRun.MeasureAsync(
        Directory.CreateDirectory(Path.Combine(folder, name)).FullName, ["run", .. arguments, "--lake", "lake", "--state", "state", "--json"]);

    private static double MedianOf<T>(IEnumerable<T> rounds, Func<T, double> value) => rounds.Select(value).Order().ElementAt(Rounds / 2);
}
