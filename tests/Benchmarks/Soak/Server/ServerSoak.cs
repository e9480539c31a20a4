using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;

namespace Benchmarks.Soak.Server;

/// <summary>
/// Runs, one after another, in one server: each looks at one playlist that has not changed, every thousandth loads fifty. All must end well,
/// the server's memory must stay, and a purge must leave nothing.
/// </summary>
internal sealed class ServerSoak(SoakOptions options, TextWriter output)
{
    private const int Playlists = 50;
    private const int ReportEvery = 100;

    // Seldom, since each leaves fifty raw files, and the report after each run takes memory by the files in the lake.
    private const int AllEvery = 1000;
    private const double MostGrowthMegabytes = 60;
    private const string Management = "runtime/webhooks/durabletask/instances";

    /// <returns>The exit code: 1 when a run did not end well, memory grew, or the purge left something.</returns>
    public async Task<int> RunAsync()
    {
        await using var spotify = await SpotifyServer.StartAsync(rows: Rows("first"));
        var others = Enumerable.Range(1, Playlists - 1).Select(number => $"{number:000}{SpotifyServer.PlaylistId[3..]}").ToList();
        others.ForEach(id => spotify.Others[id] = Rows(id));
        var folder = Directory.CreateTempSubdirectory("server-soak-");
        using var server = new ServedProgram(folder.FullName, spotify);
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync() };

        output.WriteLine($"server: {options.Rounds} runs");
        var start = Stopwatch.GetTimestamp();
        double? first = null;
        var runs = 0;
        for (; runs < options.Rounds && !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds); runs++)
        {
            var all = runs % AllEvery == 0;
            if (await RunOneAsync(http, all ? [SpotifyServer.PlaylistId, .. others] : [SpotifyServer.PlaylistId], force: all) is { } wrong)
            {
                output.WriteLine($"run {runs + 1}: FAILED: {wrong}");
                output.WriteLine($"  its state is kept in {folder.FullName}");
                return 1;
            }

            if (runs % ReportEvery == 0)
            {
                spotify.Requests.Clear();
                first ??= runs >= 5 * ReportEvery ? server.Megabytes : null;
                output.WriteLine($"run {runs + 1}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {server.Megabytes:0} MB, task hub {new FileInfo(server.TaskHub).Length / 1e6:0.0} MB");
            }
        }

        var grown = server.Megabytes - (first ?? server.Megabytes);
        var purged = await PurgeAsync(http);
        var left = (await http.GetFromJsonAsync<JsonArray>("api/runs"))!.Count;
        await server.StopAsync();
        output.WriteLine(
            $"server: {runs} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, grown by {grown:0} MB (at most {MostGrowthMegabytes:0}), {purged} instances purged, {left} runs left");
        var isRight = grown <= MostGrowthMegabytes && left == 0 && purged > runs;
        if (isRight)
        {
            folder.Delete(recursive: true);
        }

        return isRight ? 0 : 1;
    }

    /// <returns>What is wrong, or null.</returns>
    private static async Task<string?> RunOneAsync(HttpClient http, IReadOnlyList<string> playlists, bool force)
    {
        using var started = await http.PostAsJsonAsync("api/runs", new { playlists, force });
        var runId = (string?)(await started.Content.ReadFromJsonAsync<JsonObject>())?["runId"];
        if (runId is null)
        {
            return $"it was answered {(int)started.StatusCode}";
        }

        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var run = (await http.GetFromJsonAsync<JsonObject>("api/runs/" + runId))!;
            switch ((string?)run["status"])
            {
                case "Pending" or "Running":
                    await poll.WaitForNextTickAsync();
                    continue;
                case "Completed":
                    return run["result"]!["playlists"]!.AsArray().Count(playlist => (string?)playlist!["status"] == (force ? "Loaded" : "Skipped")) == playlists.Count
                        ? null
                        : $"{runId}: {run["result"]!["playlists"]}";
                default:
                    return $"{runId} ended as {run["status"]}: {run["failure"]}";
            }
        }
    }

    private static async Task<int> PurgeAsync(HttpClient http)
    {
        using var answer = await http.DeleteAsync($"{Management}?createdTimeFrom=2000-01-01T00:00:00Z&runtimeStatus=Completed");
        return (int)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["instancesDeleted"]!;
    }

    private static List<string> Rows(string playlist) =>
    [
        .. Enumerable.Range(0, 3).Select(number =>
            $$"""{ "added_at": "2026-01-01T00:00:00Z", "track": { "type": "track", "id": "{{playlist}}-{{number}}", "name": "n", "album": { "id": "a", "name": "a" }, "artists": [] } }"""),
    ];
}
