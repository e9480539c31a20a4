using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>The program, serving, beside a Spotify of two playlists that always seem changed; a run does not end while the second one is held back.</summary>
public sealed class MonitorServer : IAsyncDisposable
{
    internal const string FirstPlaylist = SpotifyServer.PlaylistId;
    internal const string SecondPlaylist = "4hRz0PqVt2mXk9wYc7LbNb";

    private SpotifyServer? _spotify;
    private ServingProgram? _serving;
    private TaskCompletionSource? _held;
    private Answer? _afterwards;

    internal SpotifyEtlProgram Program { get; } = new();

    internal HttpClient Http => _serving!.Http;

    /// <summary>Answers in Spotify's place where it does not give null.</summary>
    internal Func<Asked, Answer?> Script { get; set; } = _ => null;

    /// <summary>Starts, or where it has started puts an end to all runs and forgets them.</summary>
    internal Task ReadyAsync(string? masterKey = null) => _serving is null ? StartAsync(masterKey) : ForgetAsync();

    /// <summary>Keeps the second playlist's rows back until they are released; what comes then may be another answer.</summary>
    internal void Hold(Answer? afterwards = null)
    {
        _afterwards = afterwards;
        _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal void Release() => _held?.TrySetResult();

    /// <summary>Starts a run past the pages and waits for it to be as it shall.</summary>
    internal async Task StartRunAsync(string runId, Func<JsonObject, bool> until)
    {
        using var answer = await Http.PostAsJsonAsync("api/runs", new { runId }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await UntilAsync(runId, until);
    }

    /// <summary>Waits for a run to be as it shall.</summary>
    internal async Task UntilAsync(string runId, Func<JsonObject, bool> until)
    {
        while (!until((await Http.GetFromJsonAsync<JsonObject>($"api/runs/{runId}", TestContext.Current.CancellationToken))!))
        {
            await Task.Yield();
        }
    }

    /// <summary>Stops the program and starts another on the same state folder.</summary>
    internal async Task RestartAsync(Action meanwhile)
    {
        await _serving!.DisposeAsync();
        meanwhile();
        await ServeAsync();
    }

    /// <summary>Waits until a playlist lies in to_process.</summary>
    internal async Task ExtractedAsync(string playlist)
    {
        while (!Directory.EnumerateFiles(Path.Combine(Program.Lake, "raw_data", "to_process"), $"spotify_raw_{playlist}_*").Any())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_serving is not null)
        {
            await _serving.DisposeAsync();
        }

        if (_spotify is not null)
        {
            await _spotify.DisposeAsync();
        }

        Program.Dispose();
    }

    private async Task StartAsync(string? masterKey)
    {
        _spotify = await SpotifyServer.StartAsync(rows: [Row("first1", "First song"), Row("first2", "First song's \"other\" side")]);
        _spotify.Others[SecondPlaylist] = [Row("second1", "Second song")];
        _spotify.SnapshotChangesAlways = true;
        _spotify.Script = Answer;
        Program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        Program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        Program.Settings["Spotify__ApiBaseUrl"] = _spotify.ApiBaseUrl;
        Program.Settings["Spotify__TokenUrl"] = _spotify.TokenUrl;
        Program.Settings["Spotify__Playlists"] = $"{FirstPlaylist},{SecondPlaylist}";
        Program.Settings["Schedule"] = "0 0 6 29 2 *";
        if (masterKey is not null)
        {
            Program.Settings["EmbeddedHost__Http__MasterKey"] = masterKey;
        }

        await ServeAsync();
    }

    private async Task ServeAsync()
    {
        _serving = await Program.ServeAsync();
        if (Program.Settings.TryGetValue("EmbeddedHost__Http__MasterKey", out var masterKey))
        {
            Http.DefaultRequestHeaders.Add("x-functions-key", masterKey);
        }
    }

    private async Task ForgetAsync()
    {
        Script = _ => null;
        var cancellation = TestContext.Current.CancellationToken;
        var live = await Http.GetFromJsonAsync<JsonArray>("api/runs?status=Running,Suspended", cancellation);
        foreach (var run in live!)
        {
            using var cancelled = await Http.PostAsync($"api/runs/{run!["runId"]}/cancel", content: null, cancellation);
        }

        Release();
        _held = null;
        using var purged = await Http.DeleteAsync(
            "runtime/webhooks/durabletask/instances?createdTimeFrom=2000-01-01T00:00:00Z&runtimeStatus=Completed,Failed,Terminated", cancellation);
        Assert.Empty((await Http.GetFromJsonAsync<JsonArray>("api/runs", cancellation))!);
    }

    private Answer? Answer(Asked asked)
    {
        if (Script(asked) is { } answer)
        {
            return answer;
        }

        return _held is { } held && asked.IsPage && asked.Path.Contains(SecondPlaylist, StringComparison.Ordinal)
            ? (_afterwards ?? new Answer(200, $$"""{"items":[{{_spotify!.Others[SecondPlaylist][0]}}],"limit":50,"next":null,"offset":0,"total":1}""")) with
            {
                Before = held.Task.WaitAsync,
            }
            : null;
    }

    private static string Row(string id, string name) =>
        $$$"""{"added_at":"2026-01-02T03:04:05Z","is_local":false,"track":{"id":"{{{id}}}","name":{{{JsonSerializer.Serialize(name)}}},"album":{"id":"al{{{id}}}","name":"Album","album_type":"album"},"artists":[{"id":"ar1","name":"Artist"}]}}""";
}
