using System.Diagnostics;
using System.Globalization;
using SpotifyEtl.Functions.Tests.Spotify;

namespace Benchmarks.Soak.Server;

/// <summary>
/// A server whose clock is set back, and forward again, while runs are at work. Each must end well all the same, within a
/// minute. The clock is the process's alone, by libfaketime.
/// </summary>
internal sealed class ClockSoak(SoakOptions options, TextWriter output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <returns>The exit code: 1 when a run did not end well.</returns>
    /// <exception cref="MissingToolException">libfaketime is not there.</exception>
    public async Task<int> RunAsync()
    {
        var library = FindLibrary() ?? throw new MissingToolException("libfaketime is not there: 'apt-get install faketime' brings it.");
        await using var spotify = await SpotifyServer.StartAsync(rows: ServedPlaylist.Rows("first"));
        var folder = Directory.CreateTempSubdirectory("clock-soak-");
        var clock = Path.Combine(folder.FullName, "clock");
        await SetAsync(clock, TimeSpan.Zero);
        using var server = new ServedProgram(
            folder.FullName,
            spotify,
            ("LD_PRELOAD", library),
            ("FAKETIME_TIMESTAMP_FILE", clock),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync() };
        ServedRuns runs = new(http);
        var start = Stopwatch.GetTimestamp();
        var rounds = 0;
        for (; rounds < options.Rounds && !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds); rounds++)
        {
            SeededChoices choices = new((ulong)(options.Seed + rounds));
            var after = TimeSpan.FromMilliseconds(choices.Below(700));
            var offset = TimeSpan.FromMinutes(-choices.Between(0, 48 * 60));
            var began = Stopwatch.GetTimestamp();
            var running = runs.RunAsync([SpotifyServer.PlaylistId], force: true, s_patience);
            await Task.Delay(after, TimeProvider.System);
            await SetAsync(clock, offset);
            var wrong = await running;
            var elapsed = Stopwatch.GetElapsedTime(began);
            output.WriteLine(
                $"round {rounds + 1}, seed {options.Seed + rounds}: {(wrong is null ? "right" : "FAILED")}, the clock at {offset} after "
                + $"{after.TotalMilliseconds:0} ms, ended after {elapsed.TotalMilliseconds:0} ms{(wrong is null ? "" : $": {wrong}")}");
            if (wrong is not null)
            {
                output.WriteLine($"  its state is kept in {folder.FullName}");
                return 1;
            }
        }

        await server.StopAsync();
        folder.Delete(recursive: true);
        output.WriteLine($"clock: {rounds} of {rounds} rounds right in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        return 0;
    }

    private static string? FindLibrary() =>
        Directory.Exists("/usr/lib") ? Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true })
            .FirstOrDefault() : null;

    // As a whole, since the process may read it at any moment.
    private static async Task SetAsync(string clock, TimeSpan offset)
    {
        await File.WriteAllTextAsync(
            clock + ".new", string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "" : "+")}{offset.TotalSeconds:0}\n"));
        File.Move(clock + ".new", clock, overwrite: true);
    }
}
