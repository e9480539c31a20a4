using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>
/// The clock by which durations end, such as those of durable timers. It goes with the system's, but not back: when that is set back by
/// more than a second this one goes on, and is so much ahead of it until the system's is set forward again. Otherwise what waits for a minute
/// would wait for as long as the clock was set back.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _system = Ticks.Of(time.GetUtcNow());
    private long _timestamp = time.GetTimestamp();
    private long _ahead;

    /// <summary>The time, in ticks (UTC).</summary>
    public long Now => Read().Now;

    /// <summary>How far it is ahead of the system's clock, in ticks.</summary>
    public long Ahead => Read().Ahead;

    /// <summary>Both, as of the same moment.</summary>
    public (long Now, long Ahead) Read()
    {
        lock (_gate)
        {
            var (system, timestamp) = (Ticks.Of(time.GetUtcNow()), time.GetTimestamp());
            var set = system - _system - time.GetElapsedTime(_timestamp, timestamp).Ticks;
            if (Math.Abs(set) > TimeSpan.TicksPerSecond)
            {
                _ahead = Math.Max(0, _ahead - set);
            }

            (_system, _timestamp) = (system, timestamp);
            return (system + _ahead, _ahead);
        }
    }
}
