using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Store;
using EmbeddedHost.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// Drives orchestrations: one step of an instance at a time, committed whole before anything it asked for happens. What is in memory can
/// be lost at any moment; <see cref="Start"/> finds all that is outstanding in the store.
/// </summary>
internal sealed class DurableEngine : IDisposable
{
    private static readonly TimeSpan s_longestCommitDelay = TimeSpan.FromSeconds(30);

    private readonly HistoryStore _store;
    private readonly FunctionRegistry _registry;
    private readonly DataConverter _converter;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, LiveInstance> _live = new(StringComparer.Ordinal);
    private readonly StatusChanges _changes = new();
    private readonly SessionCache _sessions;
    private readonly ActivityDispatcher _activities;
    private readonly DurableTimers _timers;
    private readonly StepWorkers _steps;
    private readonly bool _isAtRest;
    private bool _isStopped;
    private long _lastMessageId;
    private int _inFlight;

    public DurableEngine(
        HistoryStore store, FunctionRegistry registry, DataConverter converter, EngineLimits limits, TimeProvider time, ILoggerFactory loggerFactory)
    {
        _store = store;
        _registry = registry;
        _converter = converter;
        _isAtRest = limits.AtRest;
        _time = time;
        _loggerFactory = loggerFactory;
        _logger = new UnfailingLogger(loggerFactory.CreateLogger("EmbeddedHost.Engine"));
        _sessions = new SessionCache(limits.CachedSessions);
        _activities = new ActivityDispatcher(
            registry, converter, limits, time, _logger, (work, answer) =>
            {
                Deliver(work.InstanceId, work.ExecutionId, new Message(answer));
                Interlocked.Decrement(ref _inFlight);
            });
        _steps = new StepWorkers(limits, _logger, BeginStep, Advance, FinishAsync);
        _timers = new DurableTimers(
            time, timer => Deliver(timer.InstanceId, timer.ExecutionId, new Message(new TimerFired(timer.TaskId) { At = Now })));
    }

    /// <summary>The version of a sub-orchestration that is called without one; empty: none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>The engine's time (UTC).</summary>
    public DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>How many steps and activities are queued or run. When it is down to the activities that wait for something, nothing else happens by itself.</summary>
    internal int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Awaited between a step's commit and what follows from it. One that never completes is a kill at that point.</summary>
    internal Func<Task> AfterCommit { get; init; } = static () => Task.CompletedTask;

    /// <summary>Takes up what is outstanding and begins to work.</summary>
    /// <param name="storePath">For the log.</param>
    public void Start(string storePath)
    {
        var activities = 0;
        var stored = _store.ReadLiveInstances();
        List<(OrchestrationInstance Instance, IReadOnlyList<ActionEvent> Actions)> asked = [];
        foreach (var instance in stored)
        {
            var outstanding = Outstanding.Of(_store.ReadSteps(instance.Key));
            var live = Begin(instance, outstanding.Steps, outstanding.StartedAt);
            asked.Add((live.Instance, outstanding.Actions));
            activities += outstanding.Actions.OfType<TaskScheduled>().Count();
        }

        // An event that a new beginning took along has a number later than those that came meanwhile, and yet goes before them.
        var messages = _store.ReadMessages();
        _lastMessageId = messages.Count > 0 ? messages[^1].MessageId : 0;
        foreach (var message in messages.Where(_ => !_isAtRest).OrderBy(message => !message.IsTakenAlong))
        {
            Deliver(message.InstanceId, message.ExecutionId, new Message(message.Event, message.MessageId));
        }

        // Timers last: what was sent before a time limit counts, though no host ran until the limit had passed.
        foreach (var (instance, actions) in asked)
        {
            Dispatch(instance, actions);
        }

        EngineLog.EngineStarted(_logger, storePath, stored.Count, activities);
        _activities.Start();
        _steps.Start();
    }

    /// <summary>Adds an instance; it is durable when this completes.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="blocking">The statuses in which one of the same id keeps it out. One in another status is replaced.</param>
    /// <exception cref="OrchestrationAlreadyExistsException">One of the same id is in such a status.</exception>
    public async Task ScheduleAsync(OrchestrationInstance instance, IReadOnlyCollection<OrchestrationRuntimeStatus> blocking)
    {
        var now = Now;
        var key = await _store.WriteAsync(writer => writer.FindStatus(instance.InstanceId) is { } status && blocking.Contains(status)
            ? throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {instance.InstanceId} already exists.")
            : writer.AddInstance(instance, now));
        Begin(new StoredInstance(key, instance, CustomStatus: null), steps: 0, startedAt: null);
    }

    /// <summary>Sends a message to an instance; it is durable when this completes.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="message">The message.</param>
    /// <param name="require">Throws when the instance's status does not allow it.</param>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    public async Task SendAsync(string instanceId, HistoryEvent message, Action<OrchestrationRuntimeStatus> require)
    {
        var stored = await _store.WriteAsync(writer =>
        {
            require(writer.FindStatus(instanceId) ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId)));
            StoredMessage sent = new(++_lastMessageId, instanceId, StepCommit.AnyExecution, message);
            writer.AddMessage(sent);
            return sent;
        });
        Deliver(stored.InstanceId, stored.ExecutionId, new Message(stored.Event, stored.MessageId));
    }

    /// <summary>Lets a failed instance, and its failed sub-orchestrations, go on from before their last failures.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    /// <exception cref="InvalidOperationException">It has not failed.</exception>
    public async Task RewindAsync(string instanceId, string? reason)
    {
        var rewound = new Rewinding(_store, (instance, steps) => Replay(instance, steps)).Plan(instanceId);
        var now = Now;
        var committed = await _store.WriteAsync(writer => rewound.ConvertAll(one =>
            new StepCommit(writer, new LiveInstance(one.Stored.Key, one.Stored.Instance, one.Stored.CustomStatus), now, DefaultVersion, () => ++_lastMessageId)
                .Rewind(one, new ExecutionRewound(reason) { At = now })));
        foreach (var one in rewound)
        {
            var outstanding = Outstanding.Of(one.Steps);
            Dispatch(Begin(one.Stored, outstanding.Steps, outstanding.StartedAt).Instance, outstanding.Actions);
        }

        committed.ForEach(Follow);
    }

    /// <summary>What an instance was started with, or null when there is none of that id.</summary>
    public OrchestrationInstance? Find(string instanceId) => _store.FindInstance(instanceId)?.Instance.Instance;

    /// <summary>What has happened to an instance, as clients read it.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    public List<global::DurableTask.Core.History.HistoryEvent> ReadHistory(string instanceId) => _store.ReadHistory(instanceId) is var (instance, steps)
        ? HistoryView.Of(instance, steps)
        : throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));

    /// <summary>Completes when the status of an instance of that id changes. Ask before looking what it is.</summary>
    public Task WhenChanged(string instanceId) => _changes.Next(instanceId);

    /// <summary>Says that somebody no longer waits for <see cref="WhenChanged"/>. Others who wait look again.</summary>
    public void ForgetWait(string instanceId) => _changes.Announce(instanceId);

    /// <summary>Lets running steps be committed and stops. What is in flight goes on at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _timers.Dispose();
        await _activities.StopAsync(cancellationToken);
        await _steps.StopAsync(cancellationToken);
        _isStopped = true;
        EngineLog.EngineStopped(_logger);
    }

    public void Dispose()
    {
        _timers.Dispose();
        _activities.Dispose();
        _steps.Dispose();
    }

    // What came for one execution is not for the next, whose requests have the same numbers.
    private static bool IsForAnyExecution(Message message) => message.Event is not (AnswerEvent or ForeignContinuation);

    private LiveInstance Begin(StoredInstance stored, int steps, DateTime? startedAt, params ReadOnlySpan<Message> messages)
    {
        LiveInstance live = new(stored.Key, stored.Instance, stored.CustomStatus) { Steps = steps, StartedAt = startedAt };
        var startsLater = stored.Instance.StartAt is { } start && start > Now;
        var mustQueue = false;
        if (startedAt is null && !startsLater && !_isAtRest)
        {
            live.TryPost(StartMessage(stored.Instance), out mustQueue);
        }

        foreach (var message in messages)
        {
            live.TryPost(message, out var first);
            mustQueue |= first;
        }

        // Only now may others post to it: what it begins with comes first.
        _live[stored.Instance.InstanceId] = live;
        if (mustQueue)
        {
            Enqueue(live);
        }

        if (startedAt is null && startsLater)
        {
            _timers.Add(new DueTimer(stored.Instance.InstanceId, stored.Instance.ExecutionId, StartTimer), stored.Instance.StartAt!.Value);
        }

        return live;
    }

    // The timer of a delayed start has no number of its own: the code has made no request yet.
    private const int StartTimer = -1;

    private Message StartMessage(OrchestrationInstance instance) => new(new ExecutionStarted(instance.Name, instance.Input) { At = Now });

    private void Deliver(string instanceId, string executionId, Message message)
    {
        while (_live.TryGetValue(instanceId, out var live) && (executionId.Length == 0 || live.Instance.ExecutionId == executionId))
        {
            if (Post(live, message.Event is TimerFired { TaskId: StartTimer } ? StartMessage(live.Instance) : message))
            {
                return;
            }
        }
    }

    private bool Post(LiveInstance live, Message message)
    {
        var isTaken = live.TryPost(message, out var mustQueue);
        if (mustQueue)
        {
            Enqueue(live);
        }

        return isTaken;
    }

    private void Enqueue(LiveInstance live)
    {
        Interlocked.Increment(ref _inFlight);
        _steps.Add(live);
    }

    private StepRun? BeginStep(LiveInstance live)
    {
        if (IsCurrent(live))
        {
            return new StepRun(live, live.Take(), Now);
        }

        Interlocked.Decrement(ref _inFlight);
        return null;
    }

    private async Task FinishAsync(StepRun step, StepOutcome outcome)
    {
        await CommitAsync(step, outcome);
        Interlocked.Decrement(ref _inFlight);
    }

    private async Task CommitAsync(StepRun step, StepOutcome outcome)
    {
        var live = step.Live;
        if (outcome.IsEmpty && !step.Messages.Exists(message => message.StoredId is not null))
        {
            Rest(live);
            return;
        }

        CommittedStep committed;
        try
        {
            committed = await _store.WriteAsync(writer => new StepCommit(writer, live, step.Now, DefaultVersion, () => ++_lastMessageId).Apply(outcome, step.Messages));
        }
#pragma warning disable CA1031 // Whatever kept the store from writing, the step is undone: nothing of it has happened.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (IsCurrent(live) && !_isStopped)
            {
                TryAgain(step, exception);
            }

            return;
        }

        await AfterCommit();
        if (live.FailedCommits > 0)
        {
            EngineLog.StepsCommittedAgain(_logger, live.Instance.InstanceId, live.FailedCommits);
            live.FailedCommits = 0;
        }

        live.Steps++;
        live.StartedAt ??= step.Now;
        DurableTracing.Ended(live.Instance, live.StartedAt.Value, outcome, Now);
        live.CustomStatus = outcome.CustomStatus;
        if (committed.Anew is { } anew)
        {
            live.Session = null;
            Begin(anew.Instance, steps: 0, startedAt: null, [.. anew.Kept.Select(message => new Message(message.Event, message.MessageId)), .. live.Close().Where(IsForAnyExecution)]);
        }

        Follow(live, outcome, committed);
        if (outcome.Completion is { } completion)
        {
            End(live, completion);
        }
        else if (committed.Anew is null)
        {
            Rest(live);
        }

        if (outcome.Completion is not null || live.Shown != outcome.Status)
        {
            live.Shown = outcome.Status;
            _changes.Announce(live.Instance.InstanceId);
        }
    }

    // One that was replaced by a new instance of its id goes no further: its rows are gone.
    private bool IsCurrent(LiveInstance live) => _live.TryGetValue(live.Instance.InstanceId, out var current) && ReferenceEquals(current, live);

    private void Rest(LiveInstance live)
    {
        _sessions.Return(live);
        if (live.EndStep())
        {
            Enqueue(live);
        }
    }

    private StepOutcome Advance(StepRun step)
    {
        var (live, messages, now) = (step.Live, step.Messages, step.Now);
        var session = _sessions.Take(live);
        try
        {
            if (live.GivenUp is { } reason)
            {
                return OrchestrationSession.Fail(reason, live.CustomStatus, now);
            }

            if (messages.Exists(message => message.Event is ForeignContinuation))
            {
                throw OrchestrationSession.ForeignAwait(live.Instance);
            }

            live.Session = session ??= Replay(live);
            return session.Advance([.. messages.Select(message => message.Event)], now);
        }
#pragma warning disable CA1031 // What an orchestrator's code throws is caught in its task; this is a history that does not fit, or cannot be read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return OrchestrationSession.Fail(exception, live.CustomStatus, now);
        }
    }

    private OrchestrationSession Replay(LiveInstance live)
    {
        return Replay(live.Instance, live.Steps > 0 ? _store.ReadSteps(live.Key) : []);
    }

    private OrchestrationSession Replay(OrchestrationInstance instance, IReadOnlyList<List<HistoryEvent>> steps)
    {
        OrchestrationSession session = new(
            instance,
            _registry.FindOrchestrator(instance.Name, instance.Version),
            _converter,
            _loggerFactory,
            () => Deliver(instance.InstanceId, instance.ExecutionId, new Message(new ForeignContinuation())));
        foreach (var step in steps)
        {
            session.Replay(step);
        }

        return session;
    }

    private void Follow(LiveInstance live, StepOutcome outcome, CommittedStep committed)
    {
        foreach (var timer in outcome.CancelledTimers)
        {
            _timers.Cancel(new DueTimer(live.Instance.InstanceId, live.Instance.ExecutionId, timer));
        }

        Dispatch(live.Instance, outcome.Actions.Where(action => !outcome.CancelledTimers.Contains(action.TaskId)));
        Follow(committed);
    }

    private void Follow(CommittedStep committed)
    {
        foreach (var begun in committed.Begun)
        {
            EngineLog.OrchestrationStarted(_logger, begun.Instance.InstanceId, begun.Instance.Name);
            Begin(begun, steps: 0, startedAt: null);
        }

        foreach (var message in committed.Sent)
        {
            Deliver(message.InstanceId, message.ExecutionId, new Message(message.Event, message.MessageId));
        }
    }

    private void Dispatch(OrchestrationInstance instance, IEnumerable<ActionEvent> actions)
    {
        if (_isAtRest)
        {
            return;
        }

        foreach (var action in actions)
        {
            switch (action)
            {
                case TaskScheduled activity:
                    Interlocked.Increment(ref _inFlight);
                    _activities.Add(new ActivityWork(instance, activity.TaskId, activity.Name, activity.Version ?? instance.Version, activity.Input));
                    break;
                case TimerCreated timer:
                    _timers.Add(new DueTimer(instance.InstanceId, instance.ExecutionId, timer.TaskId), timer.FireAt);
                    break;
            }
        }
    }

    private void End(LiveInstance live, ExecutionCompleted completion)
    {
        var instance = live.Instance;
        live.Session = null;
        _live.TryRemove(KeyValuePair.Create(instance.InstanceId, live));
        if (completion.Failure is { } failure)
        {
            EngineLog.OrchestrationFailed(_logger, instance.InstanceId, instance.Name, failure.ToString());
        }
        else
        {
            EngineLog.OrchestrationCompleted(_logger, instance.InstanceId, instance.Name);
        }
    }

    // A full disk may have room again. What no disk could take is the instance's failure: tried again for ever, it would never end.
    private void TryAgain(StepRun step, Exception failure)
    {
        var live = step.Live;
        live.Session = null;
        live.GiveBack(step.Messages);
        if (failure is not EmbeddedHostException && live.GivenUp is null)
        {
            EngineLog.StepNotWritable(_logger, live.Instance.InstanceId, failure);
            live.GivenUp = new InvalidOperationException(
                $"A step of the orchestrator '{live.Instance.Name}', instance '{live.Instance.InstanceId}', cannot be written to the state file: {failure.Message}", failure);
            Enqueue(live);
            return;
        }

        var doublings = Math.Min(live.FailedCommits++, 5);
        var delay = TimeSpan.FromSeconds(1 << doublings);
        delay = delay < s_longestCommitDelay ? delay : s_longestCommitDelay;
        EngineLog.StepNotCommitted(_logger, live.Instance.InstanceId, delay, failure);
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                Enqueue(live);
                timer?.Dispose();
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }
}
