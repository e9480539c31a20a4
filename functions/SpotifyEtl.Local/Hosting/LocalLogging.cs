using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Hosting;

internal static class LocalLogging
{
    /// <summary>Logs to where the shell wants errors: what goes wrong, or all that happens.</summary>
    public static void AddShell(this ILoggingBuilder logging, bool verbose)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.ClearProviders();
        logging.Services.AddSingleton<ILoggerProvider>(
            provider => ActivatorUtilities.CreateInstance<ShellLoggerProvider>(provider, verbose));

        // A start that fails is told by its message alone, at the end.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning);
        if (!verbose)
        {
            // A failed try is repeated, and what remains of it is told at the end: by the pipeline, in its own words.
            logging.AddFilter("EmbeddedHost", LogLevel.Error);
            logging.AddFilter("DurableTask", LogLevel.Critical);
            logging.AddFilter("Microsoft", LogLevel.Critical);
        }
    }
}
