using System.Diagnostics;
using System.Reflection;
using Benchmarks.Transform;

namespace Benchmarks.Local;

/// <summary>
/// The program from its start to its exit: <c>run --raw</c> of one large file, beside an empty pass of a JSON reader over it, and the demo's run.
/// </summary>
internal static class RunBenchmark
{
    private const long Megabyte = 1_000_000;
    private const int Rounds = 3;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private static readonly string s_program = Path.GetFullPath(Path.Combine(
        typeof(RunBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProgramFolder").Value!,
        "spotify-etl.dll"));

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
        List<Measured> rounds = [];
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
        List<(TimeSpan Empty, Measured Run)> rounds = [];
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

    private static Task<Measured> MeasureAsync(string folder, string name, params string[] arguments)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var (lake, state) = (Path.Combine(own, "lake"), Path.Combine(own, "state"));
        ProcessStartInfo info = new("dotnet", [s_program, "run", .. arguments, "--lake", lake, "--state", state, "--json"])
        {
            UseShellExecute = false,
            WorkingDirectory = own,
            RedirectStandardOutput = true,
        };
        return MeasureAsync(info);
    }

    // The system keeps the peak, and forgets it with the process.
    private static async Task<Measured> MeasureAsync(ProcessStartInfo info)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process));
            await Task.WhenAny(ended, Task.Delay(s_look, TimeProvider.System));
        }

        var time = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new Measured(time, peak / 1048576.0)
            : throw new InvalidOperationException($"The run ended with {process.ExitCode}: {await said}");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    private static double MedianOf<T>(IEnumerable<T> rounds, Func<T, double> value) => rounds.Select(value).Order().ElementAt(Rounds / 2);

    private sealed record Measured(TimeSpan Time, double PeakMegabytes);
}
