namespace EmbeddedHost.Tests.Timers;

/// <summary>
/// A field of a made-up NCRONTAB expression: its text, and the values that it stands for, written down by who made it up.
/// </summary>
public sealed record NaiveField(string Text, IReadOnlySet<int> Values);

/// <summary>An NCRONTAB expression that is not parsed: it knows whether a second fits, and finds the next by trying them one after another.</summary>
public sealed record NaiveCron(NaiveField Second, NaiveField Minute, NaiveField Hour, NaiveField Day, NaiveField Month, NaiveField WeekDay)
{
    public override string ToString() => $"{Second.Text} {Minute.Text} {Hour.Text} {Day.Text} {Month.Text} {WeekDay.Text}";

    public bool Fits(DateTime time) => FitsDay(time) && FitsMinute(time) && Second.Values.Contains(time.Second);

    /// <summary>The first time that fits strictly after another and before a limit; else null.</summary>
    public DateTime? NextAfter(DateTime after, DateTime before)
    {
        for (var time = Cut(after, TimeSpan.FromSeconds(1)).AddSeconds(1); time < before;)
        {
            if (Fits(time))
            {
                return time;
            }

            time = !FitsDay(time) ? time.Date.AddDays(1) : !FitsMinute(time) ? Cut(time, TimeSpan.FromMinutes(1)).AddMinutes(1) : time.AddSeconds(1);
        }

        return null;
    }

    private bool FitsDay(DateTime time) => Month.Values.Contains(time.Month) && Day.Values.Contains(time.Day) && WeekDay.Values.Contains((int)time.DayOfWeek);

    private bool FitsMinute(DateTime time) => Hour.Values.Contains(time.Hour) && Minute.Values.Contains(time.Minute);

    private static DateTime Cut(DateTime time, TimeSpan unit) => new(time.Ticks - (time.Ticks % unit.Ticks), time.Kind);
}
