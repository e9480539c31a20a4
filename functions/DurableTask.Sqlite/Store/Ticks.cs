namespace DurableTask.Sqlite.Store;

/// <summary>Times as the database keeps them: ticks of 100 ns since year 1, UTC.</summary>
internal static class Ticks
{
    /// <summary>A time of unspecified kind is taken for UTC, as the framework's own are.</summary>
    public static long Of(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;

    public static long Of(DateTimeOffset time) => time.UtcTicks;

    public static DateTime ToUtc(long ticks) => new(ticks, DateTimeKind.Utc);
}
