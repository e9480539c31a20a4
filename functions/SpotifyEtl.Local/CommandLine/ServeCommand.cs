using System.CommandLine;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>serve</c>: the host with its schedule and its HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 7071;

    private const string Description = """
        Runs the schedule, the HTTP API and the management API until it is stopped (Ctrl+C).

        Examples:
          spotify-etl serve
          curl -X POST http://127.0.0.1:7071/api/runs
          curl http://127.0.0.1:7071/api/runs
        """;

    public static Command Create(CommonOptions common)
    {
        Option<int> port = new("--port") { Description = "The port on the loopback address.", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort };
        Command command = new("serve", Description) { port };
        command.SetAction((result, cancellationToken) => ServeAsync(common.Read(result), result.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(CommonArguments common, int port, CancellationToken cancellationToken)
    {
        if (port is < 0 or > 65535)
        {
            throw new UsageException($"--port {port}: a port is a number from 0 to 65535.");
        }

        var builder = LocalHost.CreateBuilder(common);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.Timers = true;
            options.Http = new HttpListenOptions { Port = port };
        });
        using var host = builder.Build();
        await host.Services.GetRequiredService<FolderLake>().PrepareAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        Console.Out.WriteLine($"Listening on {host.Services.GetRequiredService<ListeningAddress>().Url}; Ctrl+C stops.");
        await host.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Succeeded;
    }
}
