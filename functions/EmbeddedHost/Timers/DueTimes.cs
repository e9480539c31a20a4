namespace EmbeddedHost.Timers;

/// <summary>Tells when a schedule is due, without a host.</summary>
public static class DueTimes
{
    /// <summary>The first due time after <paramref name="now"/> of a timer function that has not run yet.</summary>
    /// <param name="schedule">NCRONTAB or an interval, settings filled in.</param>
    /// <param name="now">The time to count from.</param>
    /// <exception cref="FormatException">It is no schedule; the message says why, and what is one.</exception>
    public static DateTimeOffset Next(string schedule, DateTimeOffset now)
    {
        try
        {
            return new DateTimeOffset(TimerSchedule.Parse(schedule).Next(lastDue: null, now.UtcDateTime), TimeSpan.Zero);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{schedule}' is no schedule: {exception.Message}. {TimerSchedule.Allowed}", exception);
        }
    }
}
