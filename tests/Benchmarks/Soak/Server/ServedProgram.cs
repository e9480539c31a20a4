using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using SpotifyEtl.Functions.Tests.Spotify;

namespace Benchmarks.Soak.Server;

/// <summary><c>spotify-etl serve</c> in a process and a folder of its own, with a Spotify on loopback.</summary>
internal sealed class ServedProgram : IDisposable
{
    // Where the build leaves it: beside this program it would not find its native libraries.
    private static readonly string s_programFolder = Path.GetFullPath(
        typeof(ServedProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProgramFolder").Value!);

    private readonly Process _process;
    private readonly string _folder;

    /// <param name="folder">Its working folder.</param>
    /// <param name="spotify">Where it extracts from.</param>
    /// <param name="environment">What else its environment holds.</param>
    public ServedProgram(string folder, SpotifyServer spotify, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        _folder = folder;
        ProcessStartInfo start = new("dotnet", [Path.Combine(s_programFolder, "spotify-etl.dll"), "serve", "--port", "0"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["Spotify__ClientId"] = SpotifyServer.ClientId;
        start.Environment["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        start.Environment["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        start.Environment["Spotify__TokenUrl"] = spotify.TokenUrl;
        start.Environment["Spotify__Playlists"] = SpotifyServer.PlaylistId;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>The file of the durable state.</summary>
    public string TaskHub => Path.Combine(_folder, ".spotify-etl", "taskhub.db");

    /// <summary>The memory that it holds now (resident, MB).</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>Where.</returns>
    public async Task<Uri> ListeningAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ', ';') is ["Listening", "on", var url, ..])
            {
                return new Uri(url);
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <summary>Stops it as Ctrl+C does.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
