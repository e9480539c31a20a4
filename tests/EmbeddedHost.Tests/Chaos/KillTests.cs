using System.Diagnostics;

namespace EmbeddedHost.Tests.Chaos;

public sealed class KillTests
{
    [Fact]
    public async Task Ten_hosts_killed_at_random_lose_nothing_and_do_nothing_twice()
    {
        var cancellation = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new(DotNet, [Program, "soak", "chaos", "--rounds", "10"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);

            Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
            Assert.Contains("chaos: 10 of 10 rounds right", await output, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // Built before this project, into the folder of the same name beside this project's.
    private static string Program
    {
        get
        {
            var output = Path.GetRelativePath(ProjectFolder, AppContext.BaseDirectory);
            return Path.GetFullPath(Path.Combine(ProjectFolder, "..", "Benchmarks", output, "Benchmarks.dll"));
        }
    }

    private static string ProjectFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "EmbeddedHost.Tests.csproj")))
            {
                folder = folder.Parent ?? throw new DirectoryNotFoundException($"EmbeddedHost.Tests.csproj is in no folder above {AppContext.BaseDirectory}.");
            }

            return folder.FullName;
        }
    }
}
