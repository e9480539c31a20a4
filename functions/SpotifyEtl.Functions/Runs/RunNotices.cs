using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Runs;

/// <summary>
/// The newest notices of the runs that this process works on: the warnings of the pipeline that are logged in a <see cref="RunScope"/>. They are
/// kept in memory alone, as what they tell of has passed, or is in the run's result, when it has ended.
/// </summary>
[ProviderAlias("RunNotices")]
public sealed class RunNotices(TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private const string Pipeline = "SpotifyEtl";
    private const int MaxRuns = 20;
    private const int MaxNotices = 100;

    private readonly ConcurrentDictionary<string, IReadOnlyList<RunNotice>> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private IExternalScopeProvider? _scopes;

    /// <summary>Those of a run, the oldest first.</summary>
    public IReadOnlyList<RunNotice> Of(string runId) => _runs.GetValueOrDefault(runId) ?? [];

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName.StartsWith(Pipeline, StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private void Add(string runId, string text)
    {
        RunNotice notice = new(time.GetUtcNow(), text);
        _runs.AddOrUpdate(
            runId,
            _ =>
            {
                _order.Enqueue(runId);
                return [notice];
            },
            (_, before) => [.. before.TakeLast(MaxNotices - 1), notice]);
        while (_runs.Count > MaxRuns && _order.TryDequeue(out var oldest))
        {
            _runs.TryRemove(oldest, out _);
        }
    }

    private string? RunOfScope()
    {
        string? runId = null;
        _scopes?.ForEachScope((scope, _) => runId = (scope as RunScope)?.RunId ?? runId, (object?)null);
        return runId;
    }

    private sealed class Listener(RunNotices notices, bool isOfPipeline) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOfPipeline && logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && notices.RunOfScope() is { } runId)
            {
                notices.Add(runId, formatter(state, exception));
            }
        }
    }
}
