namespace DurableTask.Sqlite.Dispatch;

/// <summary>How long abandoned work waits: doubled each time in a row, up to a bound.</summary>
internal readonly struct Backoff(TimeSpan first)
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    public TimeSpan After(int abandonments)
    {
        var longest = first > s_bound ? first : s_bound;
        var delay = first.Ticks * Math.Pow(2, abandonments - 1);
        return delay < longest.Ticks ? TimeSpan.FromTicks((long)delay) : longest;
    }
}
