namespace EmbeddedHost.Timers;

/// <summary>What is known of a timer function's due times. All times are UTC.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Schedule">The schedule's text, settings filled in.</param>
/// <param name="LastStart">When it was last started.</param>
/// <param name="LastDue">The due time that was taken last.</param>
/// <param name="NextDue">The due time that is next; none after it has been taken.</param>
/// <param name="UpdatedAt">When this was so.</param>
internal sealed record TimerRecord(string Function, string Schedule, DateTime? LastStart, DateTime? LastDue, DateTime NextDue, DateTime UpdatedAt)
{
    // A clock that goes back this far was wrong before: waiting until it has caught up would silence a schedule for long.
    private static readonly TimeSpan s_farBack = TimeSpan.FromDays(7);

    /// <summary>Where a host begins: with the record it left, past due times included; afresh without one or with another schedule.</summary>
    public static TimerRecord AtStart(TimerRecord? stored, string function, string scheduleText, TimerSchedule schedule, DateTime now) => stored switch
    {
        null => new TimerRecord(function, scheduleText, null, null, schedule.Next(null, now), now),
        _ when stored.IsFarAhead(now) => stored.Afresh(schedule, now) with { Schedule = scheduleText },
        _ when stored.Schedule != scheduleText => stored with { Schedule = scheduleText, NextDue = schedule.Next(stored.LastDue, now), UpdatedAt = now },
        _ => stored,
    };

    /// <summary>Whether the record is from a time more than a week ahead: the clock was wrong then, and has been set back.</summary>
    public bool IsFarAhead(DateTime now) => UpdatedAt - now > s_farBack;

    /// <summary>The record without what a wrong clock made of it.</summary>
    public TimerRecord Afresh(TimerSchedule schedule, DateTime now) =>
        this with { LastStart = null, LastDue = null, NextDue = schedule.Next(null, now), UpdatedAt = now };

    /// <summary>The record once the next due time is taken. The one after it lies in the future: of many missed ones, one is taken.</summary>
    public TimerRecord Taken(TimerSchedule schedule, DateTime now) =>
        this with { LastStart = now, LastDue = NextDue, NextDue = schedule.Next(NextDue, now), UpdatedAt = now };

    /// <summary>The record once the function is started and no due time taken.</summary>
    public TimerRecord Started(DateTime now) => this with { LastStart = now, UpdatedAt = now };
}
