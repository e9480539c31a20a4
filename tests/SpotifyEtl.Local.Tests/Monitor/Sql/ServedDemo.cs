using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

/// <summary>The program, serving a lake that a run has loaded the demo's playlist into.</summary>
public sealed class ServedDemo : IAsyncLifetime
{
    private readonly SpotifyEtlProgram _program = new();
    private ServingProgram? _server;

    internal MonitorClient Browser { get; private set; } = null!;

    internal HttpClient Http => _server!.Http;

    internal string RunId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _server = await _program.ServeAsync();
        Browser = new MonitorClient(_server);
        RunId = await Browser.RunAsync(("playlist", "SpotifyEtlDemoPlaylist"));
    }

    public async ValueTask DisposeAsync()
    {
        Browser?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _program.Dispose();
    }
}
