using System.CommandLine;
using System.Globalization;
using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.CommandLine;

/// <summary>The program: a published isolated function app, run without Azure.</summary>
internal static class HostCommand
{
    private const int Failed = 1;
    private const int Usage = 2;

    private const string Description = """
        Runs a published Azure Functions app of the isolated worker model on this machine: HTTP, timer and durable functions, with their state in
        one folder. The app's worker is a child process, which is started again when it dies.

        Settings come from the environment, and from the Values of a local.settings.json in the app's folder. On a loopback address no key is
        asked for unless EmbeddedHost__Http__MasterKey or another is set; on other addresses a master key is needed (EmbeddedHost__Http__Address).

        Example:
          dotnet publish MyApp -c Release -o published
          EmbeddedHost published --port 7071
        """;

    /// <summary>Runs what the arguments ask for and gives the exit code: 0 stopped, 1 failed, 2 wrong usage or settings.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        Argument<string> folder = new("FOLDER") { Description = "The folder of the published app: dotnet publish has written a worker.config.json there." };
        Option<int?> port = new("--port")
        {
            Description = "Where to listen; 0: any port that is free. Default: EmbeddedHost__Http__Port, else 7071.",
            HelpName = "PORT",
        };
        port.CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : string.Empty;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError($"Cannot parse argument '{text}' for option '--port': give a whole number.");
            return null;
        };
        Option<string?> state = new("--state")
        {
            Description = "The folder of the durable state. Default: .embedded-host in the current folder.",
            HelpName = "FOLDER",
        };
        RootCommand root = new(Description) { folder, port, state };
        root.SetAction((result, cancellationToken) => RunAsync(result.GetValue(folder)!, result.GetValue(port), result.GetValue(state), cancellationToken));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                string.Join('\n', parsed.Errors.Select(error => error.Message))
                + "\nUsage: EmbeddedHost FOLDER [--port N] [--state FOLDER]. --help tells more.");
            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Timeout.InfiniteTimeSpan });
        }
        catch (EmbeddedHostException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return exception is HostConfigurationException ? Usage : Failed;
        }
    }

    private static async Task<int> RunAsync(string folder, int? port, string? state, CancellationToken cancellationToken)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new HostConfigurationException($"--port {port}: a port is a number from 0 (any that is free) to {IPEndPoint.MaxPort}.");
        }

        var worker = WorkerConfig.Read(folder);
        using var host = Build(worker, port, state);
        await host.StartAsync(cancellationToken);
        Console.Out.WriteLine($"Listening on {host.Services.GetRequiredService<ListeningAddress>().Url}; Ctrl+C stops.");
        try
        {
            await host.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What still ran when the time to stop was over runs again at the next start.
        }

        return 0;
    }

    private static IHost Build(WorkerConfig worker, int? port, string? state)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.Sources.Add(new LocalSettingsSource(Path.Combine(worker.Folder, "local.settings.json")));
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddHostOf(worker);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.AppFolder = worker.Folder;
            options.StateFolder = state ?? options.StateFolder;
            options.Http ??= new HttpListenOptions();
            options.Http.Port = port ?? options.Http.Port;
        });
        ConfigureLogging(builder.Logging, HostJson.Read(Path.Combine(worker.Folder, "host.json")));
        return builder.Build();
    }

    private static void ConfigureLogging(ILoggingBuilder logging, HostJson hostJson)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails is told by its message alone, at the end.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // That the worker listens on its socket and not on the port that it chose is no news.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("DurableTask.Core", LogLevel.Warning);
        foreach (var (category, level) in hostJson.LogLevels)
        {
            logging.AddFilter(string.Equals(category, "default", StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }
    }
}
