using System.Threading.Channels;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Tracing;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// Runs activities, a bounded number at once, and reports how each ended. An activity whose report was not committed runs again after a
/// restart: at least once. One that runs past its limit fails and gives its place to another; what its code returns later is dropped.
/// </summary>
internal sealed class ActivityDispatcher : IDisposable
{
    private readonly FunctionRegistry _registry;
    private readonly DataConverter _converter;
    private readonly EngineLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<ActivityWork, HistoryEvent> _report;
    private readonly Channel<ActivityWork> _queue = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CodeWatch<ActivityRun> _watch;
    private int _places;

    public ActivityDispatcher(
        FunctionRegistry registry, DataConverter converter, EngineLimits limits, TimeProvider time, ILogger logger, Action<ActivityWork, HistoryEvent> report)
    {
        _registry = registry;
        _converter = converter;
        _limits = limits;
        _time = time;
        _logger = logger;
        _report = report;
        _watch = new CodeWatch<ActivityRun>(limits.ActivityTime, limits.CodeClock, GiveUp);
    }

    public void Start()
    {
        _places = _limits.ConcurrentActivities;
        for (var place = 0; place < _limits.ConcurrentActivities; place++)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    public void Add(ActivityWork work) => _queue.Writer.TryWrite(work);

    /// <summary>Tells running activities to stop and waits for them; what does not finish is handed back to the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
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
            EngineLog.ActivitiesAbandoned(_logger);
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested && await _queue.Reader.WaitToReadAsync())
        {
            while (!_stopping.IsCancellationRequested && _queue.Reader.TryRead(out var work))
            {
                ActivityRun run = new(work, _stopping.Token);
                _watch.Begin(run);
                var answer = await RunAsync(run);
                if (!_watch.End(run))
                {
                    EngineLog.ActivityReturned(_logger, work.Name, work.InstanceId);
                    return;
                }

                run.Dispose();
                if (answer is not null)
                {
                    _report(work, answer);
                }
            }
        }

        if (Interlocked.Decrement(ref _places) == 0)
        {
            _ended.TrySetResult();
        }
    }

    private async Task<HistoryEvent?> RunAsync(ActivityRun run)
    {
        var work = run.Work;
        using var span = DurableTracing.StartActivity(work);
        try
        {
            var function = _registry.FindActivity(work.Name, work.Version) ?? throw new InvalidOperationException(
                $"The function '{work.Name}' doesn't exist, is disabled, or is not an activity function. Additional info: "
                + $"The following are the known activity functions: {string.Join(", ", _registry.ActivityNames.Select(name => $"'{name}'"))}.");

            var result = await function.InvokeAsync(new ActivityCall(work.Name, work.InstanceId, work.Version), work.Input, run.CancellationToken);
            return new TaskCompleted(work.TaskId, _converter.Serialize(result)) { At = Now };
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            EngineLog.ActivityHandedBack(_logger, work.Name, work.InstanceId);
            return null;
        }
#pragma warning disable CA1031 // Whatever an activity throws is its failure, recorded for its orchestrator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!run.IsGivenUp)
            {
                EngineLog.ActivityFailed(_logger, work.Name, work.InstanceId, exception);
            }

            var failed = Failed(work, exception);
            span?.Fail(failed.Failure);
            return failed;
        }
    }

    private void GiveUp(ActivityRun run)
    {
        var work = run.Work;
        EngineLog.ActivityGivenUp(_logger, work.Name, work.InstanceId, _limits.ActivityTime);
        _ = Task.Run(() => TellToStopAsync(run));
        _ = Task.Run(WorkAsync);
        _report(work, Failed(work, new TimeoutException(
            $"The activity '{work.Name}' of instance '{work.InstanceId}' ran for more than {_limits.ActivityTime} and was given up; what it may still return is dropped. "
            + "The limit is functionTimeout in host.json.")));
    }

    private async Task TellToStopAsync(ActivityRun run)
    {
        try
        {
            await run.CancelAsync();
        }
#pragma warning disable CA1031 // What the activity does when it is told to stop is its own; it has failed already.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            EngineLog.ActivityFailed(_logger, run.Work.Name, run.Work.InstanceId, exception);
        }
    }

    private TaskFailed Failed(ActivityWork work, Exception exception) => new(work.TaskId, TaskFailureDetails.FromException(exception)) { At = Now };

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private sealed class ActivityCall(string name, string instanceId, string version) : TaskActivityContext
    {
        public override TaskName Name => name;

        public override string InstanceId => instanceId;

        public override string Version => version;
    }
}
