using System.Diagnostics;
using System.Globalization;

namespace SpotifyEtl.Functions.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task The_function_app_runs_bare_and_serves_its_triggers_until_it_is_asked_to_stop()
    {
        var folder = Directory.CreateTempSubdirectory("bare-host-");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "SpotifyEtl.Functions.dll"), "--EmbeddedHost:Http:Port=0"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        try
        {
            List<string> said = [];
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Application started", StringComparison.Ordinal))
            {
                said.Add(line);
            }

            var listening = said.Single(line => line.Contains("Listening on ", StringComparison.Ordinal)).Split(' ').Single(word => word.StartsWith("http:", StringComparison.Ordinal));
            using HttpClient http = new() { BaseAddress = new Uri(listening.TrimEnd(':')) };
            var runs = await http.GetStringAsync("api/runs", TestContext.Current.CancellationToken);
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal("[]", runs);
            Assert.Contains(said, line => line.Contains("ScheduledRun runs on schedule 0 0 6 * * *", StringComparison.Ordinal));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }

            folder.Delete(recursive: true);
        }
    }
}
