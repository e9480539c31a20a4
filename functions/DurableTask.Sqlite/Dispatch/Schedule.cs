namespace DurableTask.Sqlite.Dispatch;

/// <summary>
/// Hands out what is due, never early. Looks at the clock at least once a minute, so that setting it moves what is due with it.
/// </summary>
internal sealed class Schedule<T> : IDisposable
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<T, long> _waiting = new();
    private readonly Func<long> _now;
    private readonly Action<T> _isDue;
    private readonly ITimer _timer;
    private long _next = long.MaxValue;
    private bool _disposed;

    /// <param name="time">Whose timers wake it.</param>
    /// <param name="now">The clock by which things are due, in ticks.</param>
    /// <param name="isDue">Called with what is due.</param>
    public Schedule(TimeProvider time, Func<long> now, Action<T> isDue)
    {
        _now = now;
        _isDue = isDue;
        _timer = time.CreateTimer(_ => HandOut(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds something that is due at a time of its clock.</summary>
    public void Add(T item, long dueAt)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item, dueAt);
            if (dueAt < _next)
            {
                SetTimer();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private void HandOut()
    {
        List<T> due = [];
        lock (_gate)
        {
            var now = _now();
            while (_waiting.TryPeek(out var item, out var dueAt) && dueAt <= now)
            {
                _waiting.Dequeue();
                due.Add(item);
            }

            SetTimer();
        }

        due.ForEach(_isDue);
    }

    private void SetTimer()
    {
        _next = long.MaxValue;
        if (_disposed || !_waiting.TryPeek(out _, out var dueAt))
        {
            return;
        }

        _next = dueAt;
        var wait = TimeSpan.FromTicks(Math.Max(dueAt - _now(), 0));

        // A timer counts whole milliseconds: one more, lest it looks too early.
        _timer.Change(wait < s_longestSleep ? wait + TimeSpan.FromMilliseconds(wait == TimeSpan.Zero ? 0 : 1) : s_longestSleep, Timeout.InfiniteTimeSpan);
    }
}
