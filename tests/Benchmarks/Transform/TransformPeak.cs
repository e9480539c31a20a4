using System.Diagnostics;
using System.Text.Json;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;

namespace Benchmarks.Transform;

/// <summary>The memory that the transform of one large raw file takes, in a process that does nothing else.</summary>
internal sealed record TransformPeak(double Megabytes, long DistinctIds)
{
    /// <summary>The argument with which this program is such a process.</summary>
    public const string Verb = "transform-peak";

    /// <summary>Measures a file of so many megabytes in a process of its own.</summary>
    public static async Task<TransformPeak> MeasureAsync(int megabytes)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(TransformPeak).Assembly.Location);
        }

        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add($"{megabytes}");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<TransformPeak>(said) ?? throw new InvalidOperationException($"The measuring process ended with {process.ExitCode}.");
    }

    /// <summary>What the process does: it prints its peak.</summary>
    public static async Task RunAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("transform-peak-");
        try
        {
            MadeUpRawFile file = new();
            file.Write(Path.Combine(folder.FullName, LakeKeys.ToProcess, TransformBenchmark.Name), megabytes * 1_000_000L);
            await TransformBenchmark.TransformAsync(new FolderLake(folder.FullName), TransformBenchmark.Name);
            Console.WriteLine(JsonSerializer.Serialize(new TransformPeak(Figure.PeakMegabytes(), file.DistinctIds)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
