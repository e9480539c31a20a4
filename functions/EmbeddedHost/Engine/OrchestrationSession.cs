using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// An orchestrator's code in mid-flight. It is brought to where its history ends by <see cref="Replay"/> and goes on with
/// <see cref="Advance"/>; kept in memory between steps, it need not be replayed for each. Not thread-safe: one step at a time.
/// </summary>
internal sealed class OrchestrationSession
{
    private const string ForeignAwaitMessage =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks in an orchestrator function's "
        + "implementation or by middleware that invokes asynchronous code.";

    /// <summary>The failure of an orchestrator that awaits what is not durable.</summary>
    public static InvalidOperationException ForeignAwait(OrchestrationInstance instance) => new(
        $"{ForeignAwaitMessage} Orchestrator '{instance.Name}', instance '{instance.InstanceId}': it must await only what its context returns, without ConfigureAwait(false), "
        + "and leave Task.Run, Task.Delay, HTTP and other work to activities.");

    private readonly OrchestrationInstance _instance;
    private readonly OrchestratorFunction? _function;
    private readonly DataConverter _converter;
    private readonly OrchestratorSynchronizationContext _synchronization;
    private readonly ReplayingOrchestrationContext _context;
    private readonly Queue<HistoryEvent> _postponed = new();
    private Task<object?>? _code;
    private ExecutionSuspended? _suspended;
    private ExecutionTerminated? _terminated;
    private int _steps;

    /// <param name="instance">The instance.</param>
    /// <param name="function">Its code, or null when the app has no orchestrator of that name.</param>
    /// <param name="converter">Serializes inputs and results.</param>
    /// <param name="loggerFactory">Where the code's loggers log to.</param>
    /// <param name="onForeignContinuation">Called, on whatever thread, when the code goes on outside a step.</param>
    public OrchestrationSession(
        OrchestrationInstance instance, OrchestratorFunction? function, DataConverter converter, ILoggerFactory loggerFactory, Action onForeignContinuation)
    {
        _instance = instance;
        _function = function;
        _converter = converter;
        _synchronization = new OrchestratorSynchronizationContext(onForeignContinuation);
        _context = new ReplayingOrchestrationContext(instance, converter, loggerFactory, _synchronization);
    }

    /// <summary>Lets the code do again what one recorded step did.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It asked for something else.</exception>
    public void Replay(IReadOnlyList<HistoryEvent> step)
    {
        _steps++;
        _context.SetReplaying(true);
        List<ActionEvent> recorded = [];
        _synchronization.Run(
            events =>
            {
                foreach (var historyEvent in events)
                {
                    if (historyEvent is ActionEvent action)
                    {
                        recorded.Add(action);
                    }
                    else if (!Deliver(historyEvent))
                    {
                        throw new NonDeterministicOrchestrationException(
                            $"step {_steps} of orchestration '{_instance.Name}' (instance '{_instance.InstanceId}') recorded an answer to request "
                            + $"#{((AnswerEvent)historyEvent).TaskId}, which the code has not made. {Advice}");
                    }
                }
            },
            step);
        Compare(recorded, _context.TakeActions());
        _context.TakeCancelledTimers();
        _context.TakeFiredTimers();
    }

    /// <summary>Lets the code go on with what arrived. Answers that nothing waits for are dropped.</summary>
    public StepOutcome Advance(IReadOnlyList<HistoryEvent> arrived, DateTime now)
    {
        _steps++;
        _context.SetReplaying(false);
        List<HistoryEvent> events = [new OrchestratorStarted { At = now }];
        List<HistoryEvent> late = [];
        _synchronization.Run(
            messages =>
            {
                Deliver(events[0]);
                foreach (var message in messages)
                {
                    if (IsOver)
                    {
                        late.Add(message);
                    }
                    else if (Deliver(message))
                    {
                        events.Add(message);
                    }
                }
            },
            arrived);

        var actions = _context.TakeActions();
        foreach (var action in actions)
        {
            events.Add(action);
        }

        var continuation = Continuation(late);
        var completion = continuation is null ? Completion(now) : null;
        if (completion is not null)
        {
            events.Add(completion);
        }

        return new StepOutcome(events, _context.CustomStatus)
        {
            Actions = actions,
            CancelledTimers = _context.TakeCancelledTimers(),
            FiredTimers = _context.TakeFiredTimers(),
            Completion = completion,
            Continuation = continuation,
            Suspended = _suspended,
            HasStarted = _code is not null,
        };
    }

    /// <summary>Ends the orchestration, as one that failed, without its code.</summary>
    public static StepOutcome Fail(Exception exception, string? customStatus, DateTime now)
    {
        var completion = new ExecutionCompleted(null, TaskFailureDetails.FromException(exception)) { At = now };
        return new StepOutcome([new OrchestratorStarted { At = now }, completion], customStatus) { Completion = completion };
    }

    private const string Advice = "Was the orchestrator's code changed after this instance had started running?";

    private bool Deliver(HistoryEvent historyEvent)
    {
        switch (historyEvent)
        {
            case OrchestratorStarted:
                _context.Now = historyEvent.At;
                return true;
            case ExecutionSuspended suspended:
                _suspended = suspended;
                return true;
            case ExecutionResumed:
                _suspended = null;
                while (_suspended is null && !IsOver && _postponed.TryDequeue(out var next))
                {
                    DeliverNow(next);
                }

                return true;
            case ExecutionTerminated terminated:
                _terminated = terminated;
                return true;
            case ExecutionRewound or ExecutionCompleted:
                return true;
        }

        if (_suspended is not null)
        {
            _postponed.Enqueue(historyEvent);
            return true;
        }

        return DeliverNow(historyEvent);
    }

    private bool IsOver => _terminated is not null || _code is { IsCompleted: true };

    private bool DeliverNow(HistoryEvent historyEvent)
    {
        switch (historyEvent)
        {
            case ExecutionStarted when _code is null:
                _code = Start();
                break;
            case AnswerEvent answer:
                if (!_context.Answer(answer))
                {
                    return false;
                }

                break;
            case EventRaised raised:
                _context.Raise(raised);
                break;
        }

        _synchronization.Drain();
        return true;
    }

    private Continuation? Continuation(List<HistoryEvent> late)
    {
        if (_terminated is not null || _code is not { IsCompletedSuccessfully: true } || _context.NewBeginning is not { } beginning)
        {
            return null;
        }

        IEnumerable<EventRaised> kept = beginning.PreserveUnprocessedEvents
            ? _context.UnreadEvents.Concat(_postponed.OfType<EventRaised>()).Concat(late.OfType<EventRaised>())
            : late.OfType<EventRaised>();
        return new Continuation(_converter.Serialize(beginning.NewInput), beginning.NewVersion, [.. kept]);
    }

    private Task<object?> Start()
    {
        if (_function is null)
        {
            return Task.FromException<object?>(new InvalidOperationException(
                $"The function '{_instance.Name}' doesn't exist, is disabled, or is not an orchestrator function."));
        }

        try
        {
            return OnContext(_function.InvokeAsync(_context));
        }
#pragma warning disable CA1031 // Whatever the code throws before its first await is the orchestration's failure, as after it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Task.FromException<object?>(exception);
        }
    }

    // Code that went off its context and ends there must not pass, sometimes, for code that ended in the step.
    private static async Task<object?> OnContext(Task<object?> code) => await code;

    private void Compare(List<ActionEvent> recorded, IReadOnlyList<ActionEvent> asked)
    {
        for (var i = 0; i < Math.Max(recorded.Count, asked.Count); i++)
        {
            var was = i < recorded.Count ? recorded[i] : null;
            var now = i < asked.Count ? asked[i] : null;
            if (was is null || now is null || !was.Fits(now))
            {
                throw new NonDeterministicOrchestrationException(
                    $"step {_steps} of orchestration '{_instance.Name}' (instance '{_instance.InstanceId}') recorded {was?.Describe() ?? "no further request"}, "
                    + $"but the code, replayed, asked for {now?.Describe() ?? "nothing more"}. {Advice}");
            }
        }
    }

    /// <summary>How the code ended, or null while it waits.</summary>
    public ExecutionCompleted? Completion(DateTime now)
    {
        if (_terminated is not null)
        {
            return new(_terminated.Output, null, Terminated: true) { At = now };
        }

        if (_suspended is not null)
        {
            return null;
        }

        if (_code is { IsCompleted: false })
        {
            return _context.IsWaiting ? null : new(null, TaskFailureDetails.FromException(ForeignAwait(_instance))) { At = now };
        }

        if (_code is null)
        {
            return null;
        }

        if (_code.IsCompletedSuccessfully)
        {
            try
            {
                return new(_converter.Serialize(_code.GetAwaiter().GetResult()), null) { At = now };
            }
#pragma warning disable CA1031 // A result that cannot be serialized may throw anything: its getters are the app's code.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return new(null, TaskFailureDetails.FromException(exception)) { At = now };
            }
        }

        var failure = _code.Exception?.InnerException ?? new TaskCanceledException(_code);
        return new(null, TaskFailureDetails.FromException(failure)) { At = now };
    }
}
