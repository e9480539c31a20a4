using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// Runs the steps of the instances that are ready, a bounded number at once. A worker whose orchestrator does not give control back within
/// the limit is replaced, and its instance fails; the thread itself cannot be stopped and ends with the code or with the process.
/// </summary>
/// <param name="limits">How many steps run at once, and for how long.</param>
/// <param name="logger">Where to log.</param>
/// <param name="begin">Takes up what an instance's next step is to do; null when there is no step to make.</param>
/// <param name="advance">Runs the orchestrator's code.</param>
/// <param name="finish">Commits what came of it.</param>
internal sealed class StepWorkers(
    EngineLimits limits, ILogger logger, Func<LiveInstance, StepRun?> begin, Func<StepRun, StepOutcome> advance, Func<StepRun, StepOutcome, Task> finish)
    : IDisposable
{
    private readonly Channel<LiveInstance> _ready = Channel.CreateUnbounded<LiveInstance>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CodeWatch<StepRun>? _watch;
    private int _places;

    public void Start()
    {
        _watch = new CodeWatch<StepRun>(limits.StepTime, limits.CodeClock, Replace);
        _places = limits.ConcurrentOrchestrators;
        for (var place = 0; place < limits.ConcurrentOrchestrators; place++)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    /// <summary>Queues a step of an instance. After a stop it waits for the next start.</summary>
    public void Add(LiveInstance live) => _ready.Writer.TryWrite(live);

    /// <summary>Makes the steps that are queued and ends, or stops waiting for them when cancelled: what is not committed by then is made at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ready.Writer.TryComplete();
        if (_places == 0)
        {
            return;
        }

        try
        {
            await _ended.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            EngineLog.StepsAbandoned(logger);
        }
    }

    public void Dispose() => _watch?.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var live in _ready.Reader.ReadAllAsync())
        {
            if (begin(live) is not { } run)
            {
                continue;
            }

            _watch!.Begin(run);
            var outcome = advance(run);
            if (!_watch.End(run))
            {
                EngineLog.OrchestratorReturned(logger, live.Instance.Name, live.Instance.InstanceId);
                return;
            }

            await finish(run, outcome);
        }

        if (Interlocked.Decrement(ref _places) == 0)
        {
            _ended.TrySetResult();
        }
    }

    private void Replace(StepRun run)
    {
        var instance = run.Live.Instance;
        EngineLog.OrchestratorGivenUp(logger, instance.Name, instance.InstanceId, limits.StepTime);
        TimeoutException overdue = new(
            $"The orchestrator '{instance.Name}' of instance '{instance.InstanceId}' ran for more than {limits.StepTime} without giving control back and was given up. "
            + "An orchestrator must not block (.Result, .Wait(), a lock), loop for long or do work of its own: it awaits what its context returns, and leaves work to activities. "
            + "The limit is the setting EmbeddedHost__OrchestratorTimeLimit.");
        run.Live.GivenUp = overdue;
        _ = Task.Run(async () =>
        {
            await finish(run, OrchestrationSession.Fail(overdue, run.Live.CustomStatus, run.Now));
            await WorkAsync();
        });
    }
}
