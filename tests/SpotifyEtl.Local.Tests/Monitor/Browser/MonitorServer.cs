using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>The program, serving, beside a Spotify of two playlists; runs are kept from ending while the second one is held back.</summary>
internal sealed class MonitorServer : IAsyncDisposable
{
    public const string FirstPlaylist = SpotifyServer.PlaylistId;
    public const string SecondPlaylist = "4hRz0PqVt2mXk9wYc7LbNb";

    private readonly SpotifyServer _spotify;
    private TaskCompletionSource? _held;

    private MonitorServer(SpotifyServer spotify, SpotifyEtlProcess program, ServingProcess serving)
    {
        _spotify = spotify;
        Program = program;
        Serving = serving;
        _spotify.Others[SecondPlaylist] = [Row("second1", "Second song")];
        _spotify.Script = Answer;
    }

    public SpotifyEtlProcess Program { get; }

    public ServingProcess Serving { get; }

    /// <summary>Answers in Spotify's place where it does not give null.</summary>
    public Func<Asked, Answer?> Script { get; set; } = _ => null;

    public static async Task<MonitorServer> StartAsync(string? masterKey = null, Action<SpotifyEtlProcess>? prepare = null)
    {
        var spotify = await SpotifyServer.StartAsync(rows: [Row("first1", "First song"), Row("first2", "First song's \"other\" side")]);
        SpotifyEtlProcess program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        program.Settings["Spotify__Playlists"] = $"{FirstPlaylist},{SecondPlaylist}";
        program.Settings["Schedule"] = "0 0 6 29 2 *";
        if (masterKey is not null)
        {
            program.Settings["EmbeddedHost__Http__MasterKey"] = masterKey;
        }

        prepare?.Invoke(program);
        return new MonitorServer(spotify, program, await program.ServeAsync());
    }

    /// <summary>Keeps the second playlist's rows back until they are released.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    public async ValueTask DisposeAsync()
    {
        await Serving.DisposeAsync();
        await _spotify.DisposeAsync();
        Program.Dispose();
    }

    private static string Row(string id, string name) =>
        $$$"""{"added_at":"2026-01-02T03:04:05Z","is_local":false,"track":{"id":"{{{id}}}","name":{{{System.Text.Json.JsonSerializer.Serialize(name)}}},"album":{"id":"al{{{id}}}","name":"Album","album_type":"album"},"artists":[{"id":"ar1","name":"Artist"}]}}""";

    private Answer? Answer(Asked asked)
    {
        if (Script(asked) is { } answer)
        {
            return answer;
        }

        return _held is { } held && asked.IsPage && asked.Path.Contains(SecondPlaylist, StringComparison.Ordinal)
            ? new Answer(200, $$"""{"items":[{{_spotify.Others[SecondPlaylist][0]}}],"limit":50,"next":null,"offset":0,"total":1}""") { Before = held.Task.WaitAsync }
            : null;
    }
}
