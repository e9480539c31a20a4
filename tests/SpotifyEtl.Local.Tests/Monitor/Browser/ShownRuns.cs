using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// A server with a key and runs of every look: of fourteen files of which some were rejected, of two thousand, one that failed, one that was cancelled, one
/// that was interrupted while it waited, one that goes on; with names that are long and cannot be broken.
/// </summary>
public sealed class ShownRuns : IAsyncDisposable
{
    internal const string Key = "a-long-random-text";

    /// <summary>The run of fourteen files.</summary>
    internal const string Few = "first-of-all";

    /// <summary>The run of two thousand files.</summary>
    internal const string Many = "two-thousand-files";

    /// <summary>The run that goes on.</summary>
    internal const string Live = "still-running";

    private const string Cancelled = "cancelled-early";
    private const string Interrupted = "scheduled-20261122T060000Z";

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
        ("run-14-files", $"/runs/{Few}"),
        ("run-2000-files", $"/runs/{Many}"),
        ("run-2000-files-by-ms", $"/runs/{Many}?files=elapsed&page=40"),
        ("run-failed", $"/runs/{s_failed}"),
        ("run-cancelled", $"/runs/{Cancelled}"),
        ("run-interrupted", $"/runs/{Interrupted}"),
        ("run-live", $"/runs/{Live}"),
        ("part", $"/runs/{Few}/parts/files-1"),
        ("history", $"/runs/{Few}/history"),
        ("tables", "/tables"),
        ("table", "/tables/songs"),
        ("table-computed", "/tables/chart_moves"),
        ("sql", "/sql"),
        ("sql-query", "/sql?name=top_songs"),
        ("purge", $"/runs/{Few}/purge"),
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

    /// <summary>Has the live run stand still, or go on.</summary>
    internal async Task HoldLiveAsync(bool stands)
    {
        var action = stands ? "suspend" : "resume";
        using var answer = await _server.Http.PostAsync(
            $"runtime/webhooks/durabletask/instances/{Live}/{action}?reason=Look", content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await _server.UntilAsync(Live, run => (string?)run["status"] == (stands ? "Suspended" : "Running"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task PrepareAsync()
    {
        await _server.ReadyAsync(Key);
        await InterruptAsync();
        WriteRawFiles();
        _server.Script = asked => asked.Path == $"/v1/playlists/{MonitorServer.FirstPlaylist}"
            ? new Answer(
                200,
                $$$"""{"items":{"total":2},"id":"{{{MonitorServer.FirstPlaylist}}}","name":"{{{s_long}}}","snapshot_id":"s1","owner":{"id":"ann","display_name":"Ann"}}""")
            : null;
        await _server.StartRunAsync(Few, run => (string?)run["status"] is "Succeeded");
        _server.Script = asked => Answer.Error(404, $"Resource {s_long} not found");
        await _server.StartRunAsync(s_failed, run => (string?)run["status"] is "Failed");
        _server.Script = _ => null;
        await _server.RestartAsync(() => ManyFiles.Make(
            _server.Program.PathOf(".spotify-etl/taskhub.db"), _server.Program.Lake, Few, Many));
        _server.Hold();
        await _server.StartRunAsync(Cancelled, HasOneOfTwo);
        using var cancelled = await _server.Http.PostAsync($"api/runs/{Cancelled}/cancel", content: null, TestContext.Current.CancellationToken);
        cancelled.EnsureSuccessStatusCode();
        await _server.StartRunAsync(Live, HasOneOfTwo);
    }

    // Spotify puts the first playlist off for a second; the program is stopped while the second one is held back, and another goes on.
    private async Task InterruptAsync()
    {
        var asks = 0;
        _server.Script = asked => asked.Path == $"/v1/playlists/{MonitorServer.FirstPlaylist}" && Interlocked.Increment(ref asks) == 1
            ? Answer.Limit("3", quota: true)
            : null;
        _server.Hold();
        await _server.StartRunAsync(Interrupted, HasOneOfTwo);
        await _server.RestartAsync(() => { });
        _server.Release();
        await _server.UntilAsync(Interrupted, run => (string?)run["status"] is "Succeeded");
        _server.Script = _ => null;
    }

    private void WriteRawFiles()
    {
        var waiting = $"{_server.Program.Lake}/raw_data/to_process";
        _server.Program.Write($"{waiting}/{s_long}.json", "no JSON");
        for (var number = 1; number <= 11; number++)
        {
            var items = Enumerable.Range(0, 4 * number).Select(row => new JsonObject
            {
                ["added_at"] = "2026-01-02T03:04:05Z",
                ["is_local"] = number % 4 == 0 && row % 5 == 0,
                ["track"] = new JsonObject
                {
                    ["id"] = string.Create(CultureInfo.InvariantCulture, $"t{number}x{row}"),
                    ["name"] = "Song",
                    ["album"] = new JsonObject { ["id"] = "al1", ["name"] = "Album", ["album_type"] = "album" },
                    ["artists"] = new JsonArray(new JsonObject { ["id"] = "ar1", ["name"] = "Artist" }),
                },
            });
            var page = new JsonObject { ["items"] = new JsonArray([.. items]) };
            _server.Program.Write(
                string.Create(CultureInfo.InvariantCulture, $"{waiting}/spotify_raw_37i9dQZF1DX{number:00000}_20260102T030405Z.json"),
                page.ToJsonString(JsonSerializerOptions.Web));
        }
    }

    private static bool HasOneOfTwo(JsonObject run) => run["progress"] is JsonObject progress && (int?)progress["done"] == 1;
}
