using System.Diagnostics;
using System.Reflection;

namespace Benchmarks.Local;

/// <summary>What the program took from its start to its exit, and the most memory that it had.</summary>
internal sealed record ProgramRun(TimeSpan Time, double PeakMegabytes)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private static readonly string s_program = Path.GetFullPath(Path.Combine(
        typeof(ProgramRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProgramFolder").Value!,
        "spotify-etl.dll"));

    /// <summary>Runs the program in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables.</param>
    /// <exception cref="InvalidOperationException">It did not end with 0: the message is what it said.</exception>
    public static async Task<ProgramRun> MeasureAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        ProcessStartInfo info = new("dotnet", [s_program, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            info.Environment[name] = value;
        }

        // The system keeps the peak, and forgets it with the process.
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
            ? new ProgramRun(time, peak / 1048576.0)
            : throw new InvalidOperationException($"The program ended with {process.ExitCode}: {await said}");
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
}
