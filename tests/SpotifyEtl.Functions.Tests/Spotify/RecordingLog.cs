using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>Keeps every line that is logged, at whatever level.</summary>
internal sealed class RecordingLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Waits until a line begins so.</summary>
    public async Task WaitForAsync(string start)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(2));
        while (!Lines.Any(line => line.StartsWith(start, StringComparison.Ordinal)))
        {
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
