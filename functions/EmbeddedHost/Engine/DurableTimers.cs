namespace EmbeddedHost.Engine;

/// <summary>
/// Calls back when durable timers are due; those due together in the order in which they were added. It holds no truth: after a restart
/// the timers are found in the histories.
/// </summary>
internal sealed class DurableTimers : IDisposable
{
    // ITimer takes no longer wait than about 49 days; a longer one is looked at again.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(30);

    // ITimer counts whole milliseconds and cuts the rest: without one more it would call too early.
    private static readonly TimeSpan s_resolution = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<DueTimer, (DateTime Due, long Number)> _queue = new();
    private readonly HashSet<DueTimer> _active = [];
    private readonly TimeProvider _time;
    private readonly Action<DueTimer> _onDue;
    private readonly ITimer _timer;
    private long _added;

    public DurableTimers(TimeProvider time, Action<DueTimer> onDue)
    {
        _time = time;
        _onDue = onDue;
        _timer = time.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DueTimer timer, DateTime dueUtc)
    {
        lock (_gate)
        {
            _active.Add(timer);
            _queue.Enqueue(timer, (dueUtc, _added++));
            Arm();
        }
    }

    public void Cancel(DueTimer timer)
    {
        lock (_gate)
        {
            _active.Remove(timer);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void FireDue()
    {
        List<DueTimer> due = [];
        lock (_gate)
        {
            var now = _time.GetUtcNow().UtcDateTime;
            while (_queue.TryPeek(out var timer, out var at) && (at.Due <= now || !_active.Contains(timer)))
            {
                _queue.Dequeue();
                if (_active.Remove(timer))
                {
                    due.Add(timer);
                }
            }

            Arm();
        }

        foreach (var timer in due)
        {
            _onDue(timer);
        }
    }

    private void Arm()
    {
        if (_queue.TryPeek(out _, out var next))
        {
            var wait = next.Due - _time.GetUtcNow().UtcDateTime;
            _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < s_longestWait ? wait + s_resolution : s_longestWait, Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>The timer that an execution of an instance created under a number.</summary>
internal readonly record struct DueTimer(string InstanceId, string ExecutionId, int TaskId);
