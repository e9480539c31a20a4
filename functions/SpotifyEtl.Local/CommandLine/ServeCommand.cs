using System.CommandLine;
using System.Net;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>serve</c>: the host with its schedule, its run monitor and its HTTP APIs, until it is stopped.</summary>
internal static class ServeCommand
{
    private const string Details = """
        Open its address in a browser for the run monitor: runs, their timelines and histories, and buttons for what can be done with them.

        Without credentials it loads what lies in raw_data/to_process only; on an empty lake, or the demo's, the built-in demo playlist.

        Ctrl+C stops it: steps that run are handed back, and the next start goes on with them. On a folder lake each run leaves its report in
        reports/latest.html of the state folder.

        Examples:
          spotify-etl serve
          curl -X POST http://127.0.0.1:7071/api/runs
          curl http://127.0.0.1:7071/api/runs
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<int?> port = new("--port") { Description = "The port. Default: the setting EmbeddedHost__Http__Port, else 7071.", HelpName = "PORT" };
        port.TakesNumbers();
        Verb command = new("serve", "Runs the schedule, the run monitor and the HTTP APIs until it is stopped.", Details) { port };
        command.SetAction((result, cancellationToken) => ServeAsync(globals.Read(result), result.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(GlobalArguments globals, int? port, CancellationToken cancellationToken)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new UsageException($"--port {port}: a port is a number from 0 (any that is free) to {IPEndPoint.MaxPort}.");
        }

        using var host = await LocalHost.ForServeAsync(globals, port, cancellationToken);
        await host.Services.GetRequiredService<ILake>().PrepareAsync(cancellationToken);
        await host.Services.GetRequiredService<DemoLake>().TakeAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        globals.Shell.Out.WriteLine($"Listening on {host.Services.GetRequiredService<ListeningAddress>().Url}; Ctrl+C stops.");
        if (Banner(host.Services) is { } banner)
        {
            globals.Shell.Out.WriteLine(banner);
        }

        try
        {
            await host.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Activities were still running when the time to stop was over: they run again at the next start.
        }

        return ExitCode.Succeeded;
    }

    private static string? Banner(IServiceProvider services) =>
        services.GetRequiredService<DemoMode>() is { IsOn: true } demo ? demo.OfServer
        : services.GetRequiredService<IOptions<SpotifyOptions>>().Value.HasCredentials ? null
        : "No Spotify credentials are set: runs load what lies in raw_data/to_process, and no playlists.";
}
