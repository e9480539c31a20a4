using Microsoft.Extensions.Time.Testing;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>A clock that stands still until it is told to go to the time that the next timer waits for, however long the machine takes meanwhile.</summary>
internal sealed class DueClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DueTimer, DateTimeOffset> _due = [];

    /// <summary>Goes to the next due time, if a timer waits for one.</summary>
    public void GoToNextDue()
    {
        DateTimeOffset next;
        lock (_gate)
        {
            if (_due.Count == 0)
            {
                return;
            }

            next = _due.Values.Min();
        }

        if (next > GetUtcNow())
        {
            SetUtcNow(next);
        }

        // What was due has fired by now. That it fires does not take it off, as it may have been set anew meanwhile.
        lock (_gate)
        {
            foreach (var timer in _due.Where(due => due.Value <= next).Select(due => due.Key).ToList())
            {
                _due.Remove(timer);
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        DueTimer timer = new(this);
        timer.Inner = base.CreateTimer(callback, state, dueTime, period);
        timer.Note(dueTime);
        return timer;
    }

    private sealed class DueTimer(DueClock clock) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public void Note(TimeSpan dueTime)
        {
            lock (clock._gate)
            {
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    clock._due.Remove(this);
                }
                else
                {
                    clock._due[this] = clock.GetUtcNow() + dueTime;
                }
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // Only then: noted before, its time could be reached before it is set, and never come.
            var changed = Inner.Change(dueTime, period);
            Note(dueTime);
            return changed;
        }

        public void Dispose()
        {
            Note(Timeout.InfiniteTimeSpan);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
