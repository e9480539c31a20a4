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

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <returns>The exit code: 1 when a run did not end well, memory grew, or the purge left something.</returns>
    public async Task<int> RunAsync()
    {
        await using var spotify = await SpotifyServer.StartAsync(rows: ServedPlaylist.Rows("first"));
        var others = Enumerable.Range(1, Playlists - 1).Select(number => $"{number:000}{SpotifyServer.PlaylistId[3..]}").ToList();
        others.ForEach(id => spotify.Others[id] = ServedPlaylist.Rows(id));
        var folder = Directory.CreateTempSubdirectory("server-soak-");
        using var server = new ServedProgram(folder.FullName, spotify);
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync() };

        ServedRuns served = new(http);

        output.WriteLine($"server: {options.Rounds} runs");
        var start = Stopwatch.GetTimestamp();
        double? first = null;
        var runs = 0;
        for (; runs < options.Rounds && !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds); runs++)
        {
            var all = runs % AllEvery == 0;
            if (await served.RunAsync(all ? [SpotifyServer.PlaylistId, .. others] : [SpotifyServer.PlaylistId], force: all, s_patience) is { } wrong)
            {
                output.WriteLine($"run {runs + 1}: FAILED: {wrong}");
                output.WriteLine($"  its state is kept in {folder.FullName}");
                return 1;
            }

            if (runs % ReportEvery == 0)
            {
                spotify.Requests.Clear();
                first ??= runs >= 5 * ReportEvery ? server.Megabytes : null;
                output.WriteLine(
                    $"run {runs + 1}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, "
                    + $"{server.Megabytes:0} MB, task hub {new FileInfo(server.TaskHub).Length / 1e6:0.0} MB");
            }
        }

        var grown = server.Megabytes - (first ?? server.Megabytes);
        var purged = await PurgeAsync(http);
        var left = (await http.GetFromJsonAsync<JsonArray>("api/runs"))!.Count;
        await server.StopAsync();
        output.WriteLine(
            $"server: {runs} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, "
            + $"grown by {grown:0} MB (at most {MostGrowthMegabytes:0}), {purged} instances purged, {left} runs left");
        var isRight = grown <= MostGrowthMegabytes && left == 0 && purged > runs;
        if (isRight)
        {
            folder.Delete(recursive: true);
        }

        return isRight ? 0 : 1;
    }

    private static async Task<int> PurgeAsync(HttpClient http)
    {
        using var answer = await http.DeleteAsync($"{Management}?createdTimeFrom=2000-01-01T00:00:00Z&runtimeStatus=Completed");
        return (int)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["instancesDeleted"]!;
    }
}
