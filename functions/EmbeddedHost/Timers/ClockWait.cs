namespace EmbeddedHost.Timers;

/// <summary>
/// Waits until the clock shows a time: never less, and with a look at the clock at least once a minute, because a clock that is set does not
/// move the timers that wait.
/// </summary>
internal sealed class ClockWait : IDisposable
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_noticeable = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TaskCompletionSource? _over;
    private DateTime _due;
    private Func<DateTime, bool> _isOver = static _ => false;

    public ClockWait(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a wait has begun and is not over.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate)
            {
                return _over is not null;
            }
        }
    }

    /// <summary>Waits. One wait at a time.</summary>
    /// <param name="due">UTC.</param>
    /// <param name="isOver">Ends the wait early, when at a look it holds for the time.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    public Task UntilAsync(DateTime due, Func<DateTime, bool> isOver, CancellationToken cancellationToken)
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _over = over;
            _due = due;
            _isOver = isOver;
            Look();
        }

        return over.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            if (_over is null)
            {
                return;
            }

            var now = _time.GetUtcNow().UtcDateTime;
            if (now >= _due || _isOver(now))
            {
                _over.SetResult();
                _over = null;
                return;
            }

            // ITimer counts whole milliseconds and cuts the rest.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((_due - now).TotalMilliseconds));
            _timer.Change(wait < s_longestWait ? wait : s_longestWait, Timeout.InfiniteTimeSpan);
            if (_time.GetUtcNow().UtcDateTime - now > s_noticeable)
            {
                // The clock was set, or the machine slept, before the timer knew how long to wait.
                Look();
            }
        }
    }
}
