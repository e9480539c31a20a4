using System.Net;
using System.Net.Sockets;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>Takes connections and never answers, so that who calls it waits.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    /// <summary>Settings by which a run waits for Spotify until it is stopped.</summary>
    public void HoldUp(SpotifyEtlProgram program) => HoldUp(program, _listener.LocalEndpoint);

    /// <summary>Settings by which a run takes a server for Spotify.</summary>
    public static void HoldUp(SpotifyEtlProgram program, EndPoint server)
    {
        program.Settings["Spotify__ClientId"] = "id";
        program.Settings["Spotify__ClientSecret"] = "secret";
        program.Settings["Spotify__Playlists"] = "4hRz0PqVt2mXk9wYc7LbNa";
        program.Settings["Spotify__ApiBaseUrl"] = program.Settings["Spotify__TokenUrl"] = $"http://{server}/";
    }

    /// <summary>Completes when somebody has called.</summary>
    public async Task CalledAsync() => await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _listener.Dispose();
}
