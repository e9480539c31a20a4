using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// An orchestrator's only way to the world. Everything it offers is recorded and replayed, so an orchestrator that uses nothing else
/// takes the same path each time it is replayed: no clock, randomness, I/O or task of another kind.
/// </summary>
public abstract class TaskOrchestrationContext
{
    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance's id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one, or null.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time (UTC) of the current step: the same on every replay, and constant between two awaits.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code is only catching up with what is recorded.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Loggers that log on replay too.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The version of this instance; empty where none was given.</summary>
    public virtual string Version => string.Empty;

    /// <summary>Properties of the host's; none here.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Not offered: the embedded host has no entities.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public virtual TaskOrchestrationEntityFeature Entities => throw new NotSupportedException(TaskOrchestrationEntityFeature.NotOffered);

    /// <summary>Makes loggers that are silent on replay.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => new ReplaySafeFactory(this);

    /// <summary>The instance's input.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Calls an activity, which runs at least once.</summary>
    /// <exception cref="TaskFailedException">The activity failed; thrown by the await.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) => CallActivityAsync<TResult>(name, null, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) => CallActivityAsync<object?>(name, input, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls another orchestrator, which has a history of its own.</summary>
    /// <exception cref="TaskFailedException">The sub-orchestration failed; thrown by the await.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object?>(orchestratorName, input, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)" />
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) => CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Waits, durably, from <see cref="CurrentUtcDateTime"/> on.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits, durably, until a time (UTC). A time in the past is over at the next step.</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event of a name (case aside). Events that came earlier count, in the order in which they came.</summary>
    /// <remarks>Of several waits for one name, the newest gets the next event, as on Azure: do not rely on it.</remarks>
    /// <exception cref="TaskCanceledException">The wait was cancelled; thrown by the await.</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="WaitForExternalEvent{T}(string, TimeSpan, CancellationToken)" />
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) => WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, but no longer than a time.</summary>
    /// <exception cref="TaskCanceledException">The time is over or the wait was cancelled; thrown by the await.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource eventOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenSource timeOver = new();
        var raised = WaitForExternalEvent<T>(eventName, eventOver.Token);
        var elapsed = CreateTimer(timeout, timeOver.Token);
        var loser = await Task.WhenAny(raised, elapsed) == raised ? timeOver : eventOver;

        // Not CancelAsync: what follows from the cancellation must happen here and now, as it will on replay.
        loser.Cancel();
        return await raised;
    }

    /// <summary>Sends an event to another instance. One that does not exist or has ended gets nothing.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>
    /// Begins anew, with a new input and an empty history, once the code has returned. Its result does not count. Events that nobody
    /// waited for are kept or dropped.
    /// </summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <inheritdoc cref="ContinueAsNew(object?, bool)" />
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>Compares this instance's version with another: below zero if it is older, above if newer, zero if the same.</summary>
    public virtual int CompareVersionTo(string version) => Abstractions.TaskOrchestrationVersioningUtils.CompareVersions(Version, version);

    /// <summary>Shows a status of the orchestrator's own to those who watch the instance.</summary>
    /// <exception cref="ArgumentException">It is larger than 16 KB of UTF-16.</exception>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>A new identifier, the same on every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent on replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(categoryName));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)" />
    public virtual ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(type));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)" />
    public virtual ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(this, LoggerFactory.CreateLogger<T>());

    private sealed class ReplaySafeFactory(TaskOrchestrationContext context) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => context.CreateReplaySafeLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) =>
            throw new NotSupportedException("A replay-safe logger factory takes no providers: add them to the host's logging.");

        public void Dispose()
        {
            // The loggers are the host's.
        }
    }

    private sealed class ReplaySafeLogger(TaskOrchestrationContext context, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.IsReplaying)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
