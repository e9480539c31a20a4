using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>
/// The web server's own loggers: warnings and errors only. Below that it quotes requests that it cannot read, and with them the keys that
/// they hold.
/// </summary>
internal sealed class ServerLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Warnings(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    // The loggers are the host's.
    public void Dispose()
    {
    }

    private sealed class Warnings(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
