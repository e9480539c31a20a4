using System.CommandLine;
using System.Net;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Monitor;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>serve</c>: the host with its schedule and its HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    private const string Description = """
        Runs the schedule, the HTTP API and the management API until it is stopped (Ctrl+C).

        Examples:
          spotify-etl serve
          curl -X POST http://127.0.0.1:7071/api/runs
          curl http://127.0.0.1:7071/api/runs
        """;

    public static Command Create(CommonOptions common)
    {
        Option<int?> port = new("--port") { Description = "The port. Default: the setting EmbeddedHost__Http__Port, else 7071.", HelpName = "PORT" };
        Command command = new("serve", Description) { port };
        command.SetAction((result, cancellationToken) => ServeAsync(common.Read(result), result.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(CommonArguments common, int? port, CancellationToken cancellationToken)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new UsageException($"--port {port}: a port is a number from 0 (any that is free) to {IPEndPoint.MaxPort}.");
        }

        var builder = LocalHost.CreateBuilder(common);
        if (port is { } given)
        {
            builder.Services.Configure<EmbeddedHostOptions>(options => options.Http!.Port = given);
        }

        builder.Services.AddMonitor();
        using var host = builder.Build();
        await LocalHost.PrepareLakeAsync(host.Services, cancellationToken);
        await host.StartAsync(cancellationToken);
        Console.Out.WriteLine($"Listening on {host.Services.GetRequiredService<ListeningAddress>().Url}; Ctrl+C stops.");
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
}
