using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>Runs the app's timer functions on their schedules.</summary>
internal sealed class TimerTriggers : ITimerSchedules, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TimerLoop> _loops;
    private readonly List<Task> _runs = [];
    private bool _disposed;

    public TimerTriggers(IEnumerable<TimerFunction> functions, TimerRecords records, TimeProvider time, ILogger logger) =>
        _loops = [.. functions.OrderBy(function => function.Name, StringComparer.Ordinal).Select(function => new TimerLoop(function, records, time, logger))];

    /// <summary>Whether every function waits for its next due time.</summary>
    public bool AreWaiting => _loops.TrueForAll(loop => loop.IsWaiting);

    /// <summary>Completes when no function runs any more, after the timers were stopped or disposed of.</summary>
    public Task WhenEnded => Task.WhenAll(_runs);

    /// <summary>Begins. When it completes the schedules are on the disk.</summary>
    public async Task StartAsync()
    {
        foreach (var loop in _loops)
        {
            await loop.BeginAsync();
        }

        var stopping = _stopping.Token;
        _runs.AddRange(_loops.Select(loop => Task.Run(() => loop.RunAsync(stopping))));
    }

    public IReadOnlyList<ScheduledFunction> List() => [.. _loops.Select(loop => loop.Describe())];

    /// <summary>Starts no more functions, tells those that run to stop, and waits for them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await WhenEnded.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var (loop, _) in _loops.Zip(_runs).Where(pair => !pair.Second.IsCompleted))
            {
                loop.LogAbandoned();
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _stopping.Cancel();
        _stopping.Dispose();
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }
    }
}
