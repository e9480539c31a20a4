using System.Threading.Channels;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// Runs activities, a bounded number at once, and reports how each ended. An activity whose report was not committed runs again after a
/// restart: at least once.
/// </summary>
internal sealed class ActivityDispatcher(
    FunctionRegistry registry, DataConverter converter, EngineLimits limits, TimeProvider time, ILogger logger, Action<ActivityWork, HistoryEvent> report)
    : IDisposable
{
    private readonly Channel<ActivityWork> _queue = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource _stopping = new();
    private Task _workers = Task.CompletedTask;

    public void Start() => _workers = Task.WhenAll(Enumerable.Range(0, limits.ConcurrentActivities).Select(_ => Task.Run(WorkAsync)));

    public void Add(ActivityWork work) => _queue.Writer.TryWrite(work);

    /// <summary>Tells running activities to stop and waits for them; what does not finish is handed back to the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        try
        {
            await _workers.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            EngineLog.ActivitiesAbandoned(logger);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (!_stopping.IsCancellationRequested && _queue.Reader.TryRead(out var work))
            {
                if (await RunAsync(work) is { } answer)
                {
                    report(work, answer);
                }
            }

            if (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<HistoryEvent?> RunAsync(ActivityWork work)
    {
        try
        {
            var function = registry.FindActivity(work.Name, work.Version) ?? throw new InvalidOperationException(
                $"The function '{work.Name}' doesn't exist, is disabled, or is not an activity function. Additional info: "
                + $"The following are the known activity functions: {string.Join(", ", registry.ActivityNames.Select(name => $"'{name}'"))}.");

            var result = await function.InvokeAsync(new ActivityCall(work.Name, work.InstanceId, work.Version), work.Input, _stopping.Token);
            return new TaskCompleted(work.TaskId, converter.Serialize(result)) { At = Now };
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            EngineLog.ActivityHandedBack(logger, work.Name, work.InstanceId);
            return null;
        }
#pragma warning disable CA1031 // Whatever an activity throws is its failure, recorded for its orchestrator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            EngineLog.ActivityFailed(logger, work.Name, work.InstanceId, exception);
            return new TaskFailed(work.TaskId, TaskFailureDetails.FromException(exception)) { At = Now };
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private sealed class ActivityCall(string name, string instanceId, string version) : TaskActivityContext
    {
        public override TaskName Name => name;

        public override string InstanceId => instanceId;

        public override string Version => version;
    }
}
