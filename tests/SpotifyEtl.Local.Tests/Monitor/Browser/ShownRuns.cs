using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// A server with a key and runs of every look: one that loaded everything, one that failed, one that goes on; with names that are long and cannot be
/// broken.
/// </summary>
public sealed class ShownRuns : IAsyncDisposable
{
    internal const string Key = "a-long-random-text";

    private const string Completed = "first-of-all";
    private const string Live = "still-running";

    private static readonly string s_long = new('w', 150);
    private static readonly string s_failed = new('f', 100);

    private readonly MonitorServer _server = new();
    private bool _isPrepared;

    /// <summary>The pages, each with a name; the first one is seen without a key.</summary>
    internal static IReadOnlyList<(string Name, string Address)> Pages { get; } =
    [
        ("sign-in", "/sign-in"),
        ("runs", "/"),
        ("runs-none-fits", "/?id=nothing"),
        ("start", "/start"),
        ("run-completed", $"/runs/{Completed}"),
        ("run-failed", $"/runs/{s_failed}"),
        ("run-live", $"/runs/{Live}"),
        ("part", $"/runs/{Completed}/parts/files-1"),
        ("purge", $"/runs/{Completed}/purge"),
        ("no-run", "/runs/none"),
    ];

    /// <summary>The server; the runs are done when it is asked for first.</summary>
    internal async Task<MonitorServer> ReadyAsync()
    {
        if (!_isPrepared)
        {
            await PrepareAsync();
            _isPrepared = true;
        }

        return _server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task PrepareAsync()
    {
        _server.Program.Write($"{_server.Program.Lake}/raw_data/to_process/{s_long}.json", "no JSON");
        await _server.ReadyAsync(Key);
        _server.Script = asked => asked.Path == $"/v1/playlists/{MonitorServer.FirstPlaylist}"
            ? new Answer(
                200,
                $$$"""{"items":{"total":2},"id":"{{{MonitorServer.FirstPlaylist}}}","name":"{{{s_long}}}","snapshot_id":"s1","owner":{"id":"ann","display_name":"Ann"}}""")
            : null;
        await _server.StartRunAsync(Completed, run => (string?)run["status"] is "Succeeded");
        _server.Script = asked => Answer.Error(404, $"Resource {s_long} not found");
        await _server.StartRunAsync(s_failed, run => (string?)run["status"] is "Failed");
        _server.Script = _ => null;
        _server.Hold();
        await _server.StartRunAsync(Live, run => run["progress"] is JsonObject progress && (int?)progress["done"] == 1);
    }
}
