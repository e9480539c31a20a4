using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SpotifyEtl.Local.Terminal;

/// <summary>Logs to the shell, one line an entry: as logs, with time, level and category, or as what a person is told.</summary>
internal sealed class ShellLoggerProvider(Shell shell, bool verbose, IEnumerable<ConsoleFormatter> formatters) : ILoggerProvider
{
    private readonly ConsoleFormatter _formatter = formatters.Single(formatter => formatter.Name == ConsoleFormatterNames.Simple);

    public ILogger CreateLogger(string categoryName) => new ShellLogger(categoryName, shell, verbose ? _formatter : null);

    public void Dispose()
    {
    }

    private sealed class ShellLogger(string category, Shell shell, ConsoleFormatter? formatter) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            if (formatter is null)
            {
                var message = text(state, exception);
                shell.Note(
                    TerminalText.Clean(shell.Typed(exception is null ? message : $"{message} {exception.Message}")),
                    logLevel >= LogLevel.Error ? Shade.Bad : Shade.Caution);
                return;
            }

            using StringWriter entry = new();
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, text), scopeProvider: null, entry);
            shell.Note(entry.ToString().TrimEnd());
        }
    }
}
