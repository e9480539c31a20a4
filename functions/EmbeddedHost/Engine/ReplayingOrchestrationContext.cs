using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>The context of one session: turns calls into numbered requests and answers into completed tasks.</summary>
internal sealed class ReplayingOrchestrationContext(
    OrchestrationInstance instance, DataConverter converter, ILoggerFactory loggerFactory, OrchestratorSynchronizationContext synchronization)
    : TaskOrchestrationContext, IOrchestrationInput
{
    private readonly EventInbox _events = new(synchronization);

    private const int MaxCustomStatusBytes = 16 * 1024;

    private readonly Dictionary<int, Request> _open = [];
    private List<ActionEvent> _actions = [];
    private List<int> _cancelledTimers = [];
    private List<TimerCreated> _firedTimers = [];
    private int _nextTaskId;
    private int _guids;
    private bool _replaying;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.InstanceId;

    public string? SerializedInput => instance.Input;

    public override ParentOrchestrationInstance? Parent { get; } = instance.Parent?.ToPublic();

    public override string Version => instance.Version;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => _replaying;

    protected override ILoggerFactory LoggerFactory => loggerFactory;

    /// <summary>Says whether what follows is replay.</summary>
    public void SetReplaying(bool replaying) => _replaying = replaying;

    /// <summary>The current step's time.</summary>
    public DateTime Now { get; set; }

    /// <summary>The status set last.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>Whether an answer is still to come.</summary>
    public bool IsWaiting => _open.Count > 0 || _events.IsWaitedFor;

    /// <summary>How the code wants to begin anew, if it does.</summary>
    public ContinueAsNewOptions? NewBeginning { get; private set; }

    /// <summary>The events that nobody has waited for.</summary>
    public IEnumerable<EventRaised> UnreadEvents => _events.Unread;

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(instance.Input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException($"TaskOptions were given as the input of the activity '{name}'. Name the argument: options: …", nameof(input));
        }

        var text = Payload.Write(converter, input, $"input of the activity '{name}'", nameof(input));
        var result = await Retry(
            options?.Retry, () => Ask(id => new TaskScheduled(id, name.Name, options?.Version?.Version, text) { Tags = options?.Tags }, name.Name));
        return converter.Deserialize<TResult>(result)!;
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var id = (options as SubOrchestrationOptions)?.InstanceId is { Length: > 0 } given ? InstanceIds.Require(given) : null;
        var text = Payload.Write(converter, input, $"input of the sub-orchestration '{orchestratorName}'", nameof(input));
        var version = options?.Version?.Version;
        var result = await Retry(
            options?.Retry,
            () =>
            {
                var child = id ?? NewGuid().ToString("N");
                return Ask(taskId => new SubOrchestrationCreated(taskId, orchestratorName.Name, child, version, text) { Tags = options?.Tags }, orchestratorName.Name);
            });
        return converter.Deserialize<TResult>(result)!;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var due = fireAt.Kind is DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var taskId = _nextTaskId;
        var timer = Ask(id => new TimerCreated(id, due), "timer");
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() => CancelTimer(taskId, cancellationToken));
        }

        return timer;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        RequireStep();
        return converter.Deserialize<T>(await _events.WaitAsync(eventName, cancellationToken))!;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        RequireStep();
        var text = Payload.Write(converter, payload, $"payload of the event '{eventName}'", nameof(payload));
        _actions.Add(new EventSent(_nextTaskId++, instanceId, eventName, text) { At = Now });
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireStep();
        NewBeginning = options;
    }

    /// <summary>Gives an event to the code.</summary>
    public void Raise(EventRaised raised) => _events.Raise(raised);

    public override void SetCustomStatus(object? customStatus)
    {
        RequireStep();
        var text = converter.Serialize(customStatus);
        if (text is not null && text.Length * sizeof(char) is var size && size > MaxCustomStatusBytes)
        {
            throw new ArgumentException($"CustomStatus is too large: limit = 16 KB (UTF-16), actual = {size / 1024.0:0.00} KB.", nameof(customStatus));
        }

        CustomStatus = text;
    }

    public override Guid NewGuid()
    {
        RequireStep();
        return ReplayedGuid.Create($"{InstanceId}_{CurrentUtcDateTime:O}_{_guids++}");
    }

    /// <summary>Completes the task that waits for an answer.</summary>
    /// <returns>False when nothing waits for it.</returns>
    public bool Answer(AnswerEvent answer)
    {
        if (!_open.Remove(answer.TaskId, out var request))
        {
            return false;
        }

        switch (answer)
        {
            case TaskCompleted completed:
                request.Source.SetResult(completed.Result);
                break;
            case SubOrchestrationCompleted completed:
                request.Source.SetResult(completed.Result);
                break;
            case TaskFailed failed:
                request.Source.SetException(new TaskFailedException(request.Name, answer.TaskId, failed.Failure));
                break;
            case SubOrchestrationFailed failed:
                request.Source.SetException(new TaskFailedException(request.Name, answer.TaskId, failed.Failure));
                break;
            case TimerFired:
                if (request.Action is TimerCreated timer)
                {
                    _firedTimers.Add(timer);
                }

                request.Source.SetResult(null);
                break;
        }

        return true;
    }

    /// <summary>What was asked for since the last call.</summary>
    public IReadOnlyList<ActionEvent> TakeActions() => Interlocked.Exchange(ref _actions, []);

    /// <summary>The timers cancelled since the last call.</summary>
    public IReadOnlyList<int> TakeCancelledTimers() => Interlocked.Exchange(ref _cancelledTimers, []);

    /// <summary>The timers that fired since the last call.</summary>
    public IReadOnlyList<TimerCreated> TakeFiredTimers() => Interlocked.Exchange(ref _firedTimers, []);

    private Task<string?> Ask(Func<int, ActionEvent> action, string name)
    {
        RequireStep();
        var id = _nextTaskId++;
        // Continuations must run in order, on the step's thread: not RunContinuationsAsynchronously.
        var source = new TaskCompletionSource<string?>();
        var asked = action(id) with { At = Now };
        _open.Add(id, new Request(name, asked, source));
        _actions.Add(asked);
        return source.Task;
    }

    private void CancelTimer(int taskId, CancellationToken cancellationToken)
    {
        if (synchronization.RequireStep() && _open.Remove(taskId, out var request))
        {
            _cancelledTimers.Add(taskId);
            request.Source.SetCanceled(cancellationToken);
        }
    }

    private async Task<string?> Retry(TaskRetryOptions? retry, Func<Task<string?>> attempt)
    {
        var start = Now;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failure) when (retry is not null)
            {
                if (!await IsRepeated(retry, failure.FailureDetails, attempts, start))
                {
                    throw;
                }
            }
        }
    }

    private async Task<bool> IsRepeated(TaskRetryOptions retry, TaskFailureDetails failure, int attempts, DateTime start)
    {
        if (retry.Handler is { } handler)
        {
            return await handler(new RetryContext(this, attempts, failure, Now - start, CancellationToken.None));
        }

        var policy = retry.Policy!;
        if (RetryWait.Next(policy, failure, attempts, Now - start) is not { } wait)
        {
            return false;
        }

        await CreateTimer(Now + wait, CancellationToken.None);
        return true;
    }

    private void RequireStep()
    {
        if (!synchronization.RequireStep())
        {
            throw OrchestrationSession.ForeignAwait(instance);
        }
    }

    private sealed record Request(string Name, ActionEvent Action, TaskCompletionSource<string?> Source);
}
