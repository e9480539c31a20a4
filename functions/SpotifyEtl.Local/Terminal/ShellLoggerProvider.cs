using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SpotifyEtl.Local.Terminal;

/// <summary>Logs to where the shell wants errors, one line an entry.</summary>
internal sealed class ShellLoggerProvider(Shell shell, IEnumerable<ConsoleFormatter> formatters) : ILoggerProvider
{
    private readonly ConsoleFormatter _formatter = formatters.Single(formatter => formatter.Name == ConsoleFormatterNames.Simple);

    public ILogger CreateLogger(string categoryName) => new ShellLogger(categoryName, _formatter, shell.Error);

    public void Dispose()
    {
    }

    private sealed class ShellLogger(string category, ConsoleFormatter formatter, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            using StringWriter entry = new();
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, text), scopeProvider: null, entry);
            output.Write(entry.ToString());
        }
    }
}
