using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// Logs, and never throws: neither an exception of the app's that cannot be shown nor a log that cannot be written may stop the engine.
/// </summary>
internal sealed class UnfailingLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (TryLog(logLevel, eventId, state, exception, formatter) || exception is null)
        {
            return;
        }

        TryLog(logLevel, eventId, state, new InvalidOperationException($"(an exception of type {exception.GetType()} that cannot be shown)"), formatter);
    }

    private bool TryLog<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
            return true;
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
