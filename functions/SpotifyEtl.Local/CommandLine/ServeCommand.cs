using System.CommandLine;
using System.Globalization;
using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;
using SpotifyEtl.Triggers;

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
        WriteBanner(globals.Shell, host.Services);

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

    private static void WriteBanner(Shell shell, IServiceProvider services)
    {
        var address = $"{services.GetRequiredService<ListeningAddress>().Url}";
        List<(string Name, string Text)> lines =
        [
            ("monitor", address),
            ("lake", services.GetRequiredService<ILake>().Location),
            .. services.GetRequiredService<ITimerSchedules>().List().Where(timer => timer.Name == nameof(ScheduledRun)).SelectMany(Schedule),
        ];
        shell.Out.WriteLine($"Listening on {address}; Ctrl+C stops.");
        shell.Out.WriteLine();
        foreach (var (name, text) in lines)
        {
            shell.Out.WriteLine($"{name,-9} {TerminalText.Clean(text)}");
        }

        if (What(services) is { } what)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine(what);
        }

        shell.Out.WriteLine();
        shell.Out.WriteLine("Each run is told of here when it has ended.");
    }

    private static IEnumerable<(string Name, string Text)> Schedule(ScheduledFunction timer) =>
    [
        ("schedule", ScheduleText.Of(timer.Schedule)),
        ("next run", string.Create(CultureInfo.InvariantCulture, $"{timer.Next.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")),
    ];

    private static string? What(IServiceProvider services) =>
        services.GetRequiredService<DemoMode>() is { IsOn: true } demo ? demo.OfServer
        : services.GetRequiredService<IOptions<SpotifyOptions>>().Value.HasCredentials ? null
        : "No Spotify credentials are set: runs load what lies in raw_data/to_process, and no playlists.";
}
