using System.Diagnostics;
using SpotifyEtl.Functions.Tests.Spotify;

namespace Benchmarks.Soak.Server;

/// <summary>
/// A server whose disk fills before or while a run is at work, and has room again a little or a long time later. The run must end, well or with
/// a reason; the server must stay; the next run must load; and the lake must hold every file whole.
/// </summary>
internal sealed class DiskSoak(SoakOptions options, TextWriter output)
{
    // What a run may take beyond the time in which there is no room: repeated steps wait longer and longer.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <returns>The exit code: 1 when a round went wrong.</returns>
    public async Task<int> RunAsync()
    {
        await using var spotify = await SpotifyServer.StartAsync(rows: ServedPlaylist.Rows("first"));
        using SmallDisk disk = new();
        using var server = new ServedProgram(disk.Folder, spotify);
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync(), Timeout = s_patience };
        ServedRuns runs = new(http);
        var start = Stopwatch.GetTimestamp();
        var rounds = 0;
        for (; rounds < options.Rounds && !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds); rounds++)
        {
            var seed = options.Seed + rounds;
            var (wrong, story) = await RoundAsync(runs, disk, new SeededChoices((ulong)seed));
            output.WriteLine($"round {rounds + 1}, seed {seed}: {(wrong is null ? "right" : "FAILED")}, {story}{(wrong is null ? "" : $": {wrong}")}");
            if (wrong is not null)
            {
                disk.Keep();
                output.WriteLine($"  its state is kept in {disk.Folder}, a mounted disk");
                return 1;
            }
        }

        await server.StopAsync();
        output.WriteLine($"disk: {rounds} of {rounds} rounds right in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        return 0;
    }

    // What is wrong, or null.
    private static async Task<(string? Wrong, string Story)> RoundAsync(ServedRuns runs, SmallDisk disk, SeededChoices choices)
    {
        var fillFirst = choices.Below(4) == 0;
        var after = TimeSpan.FromMilliseconds(choices.Below(600));
        var leave = choices.Below(32) * 4096;
        // Every fourth time for longer than a write is tried again.
        var full = TimeSpan.FromSeconds(choices.Below(4) == 0 ? 40 : choices.Between(1, 15));
        var story =
            $"full {(fillFirst ? "before the start" : $"{after.TotalMilliseconds:0} ms after the start")} but for {leave / 1024} KB, "
            + $"for {full.TotalSeconds:0} s";
        if (fillFirst)
        {
            disk.Fill(leave);
        }

        var starting = runs.StartAsync([SpotifyServer.PlaylistId], force: true);
        if (!fillFirst)
        {
            await Task.Delay(after, TimeProvider.System);
            disk.Fill(leave);
        }

        await Task.Delay(full, TimeProvider.System);
        disk.Free();
        var (runId, answer) = await starting;
        if (runId is null)
        {
            story += $", refused with {answer}";
        }
        else if (await runs.WaitAsync(runId, s_patience) is { } run)
        {
            story += $", ended as {run["status"]}{((string?)run["status"] == "Completed" ? "" : $" ({run["failure"]})")}";
        }
        else
        {
            return ($"{runId} has not ended within {s_patience} after there was room", story);
        }

        return (await runs.RunAsync([SpotifyServer.PlaylistId], force: true, s_patience) ?? Incomplete(disk.Folder), story);
    }

    // After a run that went well nothing waits, and each processed file has its tables.
    private static string? Incomplete(string folder)
    {
        var lake = Path.Combine(folder, "lake", "spotify-etl-project-demo");
        var waiting = Directory.GetFiles(Path.Combine(lake, "raw_data", "to_process"));
        var processed = Directory.GetFiles(Path.Combine(lake, "raw_data", "processed")).Length;
        var songs = Directory.GetFiles(Path.Combine(lake, "transformed_data", "song_data")).Length;
        return waiting.Length > 0 ? $"{waiting[0]} waits still"
            : processed != songs ? $"there are {processed} processed files and {songs} tables of songs"
            : null;
    }
}
