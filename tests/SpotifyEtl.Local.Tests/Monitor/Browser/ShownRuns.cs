using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>A server with a key and runs of every look: one that loaded everything, one that failed, one that goes on; with names that are long and cannot be broken.</summary>
public sealed class ShownRuns : IAsyncDisposable
{
    public const string Key = "a-long-random-text";

    private static readonly string s_long = new('w', 150);

    private MonitorServer? _server;
    private string _completed = "";
    private string _failed = "";
    private string _live = "";

    /// <summary>The pages, each with a name; the first one is seen without a key.</summary>
    internal IEnumerable<(string Name, string Address)> Pages =>
    [
        ("sign-in", "/sign-in"),
        ("runs", "/"),
        ("runs-none-fits", "/?id=nothing"),
        ("start", "/start"),
        ("run-completed", $"/runs/{_completed}"),
        ("run-failed", $"/runs/{_failed}"),
        ("run-live", $"/runs/{_live}"),
        ("part", $"/runs/{_completed}/parts/files:1"),
        ("purge", $"/runs/{_completed}/purge"),
        ("no-run", "/runs/none"),
    ];

    /// <summary>Starts the server and has the runs done, once.</summary>
    internal async Task<MonitorServer> ServeAsync() => _server ??= await PrepareAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task<MonitorServer> PrepareAsync()
    {
        var server = await MonitorServer.StartAsync(
            Key, program => program.Write($"{program.Lake}/raw_data/to_process/{s_long}.json", "no JSON"));
        server.Serving.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        server.Script = asked => asked.Path == $"/v1/playlists/{MonitorServer.FirstPlaylist}"
            ? new Answer(200, $$$"""{"items":{"total":2},"id":"{{{MonitorServer.FirstPlaylist}}}","name":"{{{s_long}}}","snapshot_id":"s1","owner":{"id":"ann","display_name":"Ann"}}""")
            : null;
        _completed = await StartAsync(server, "first-of-all");
        await UntilAsync(server, _completed, run => (string?)run["status"] is "Completed");
        server.Script = asked => Answer.Error(404, $"Resource {s_long} not found");
        _failed = await StartAsync(server, new string('f', 100));
        await UntilAsync(server, _failed, run => (string?)run["status"] is "Failed");
        server.Script = _ => null;
        server.Hold();
        _live = await StartAsync(server, "still-running");
        await UntilAsync(server, _live, run => run["progress"]?["done"]?.GetValueKind() is JsonValueKind.Number && (int)run["progress"]!["done"]! == 1);
        return server;
    }

    private static async Task<string> StartAsync(MonitorServer server, string runId)
    {
        using var answer = await server.Serving.Http.PostAsJsonAsync("api/runs", new { runId, force = true }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return runId;
    }

    private static async Task UntilAsync(MonitorServer server, string runId, Func<JsonObject, bool> condition)
    {
        while (!condition((await server.Serving.Http.GetFromJsonAsync<JsonObject>($"api/runs/{runId}", TestContext.Current.CancellationToken))!))
        {
            await Task.Yield();
        }
    }
}
