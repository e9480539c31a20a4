using EmbeddedHost.Timers;

namespace EmbeddedHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    private static readonly DateTime s_sunday = new(2026, 11, 22, 17, 41, 28, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 0 6 * * *", "2026-11-23T06:00:00")]
    [InlineData("0 6 * * *", "2026-11-23T06:00:00")]
    [InlineData(" 0  0 6\t* * * ", "2026-11-23T06:00:00")]
    [InlineData("*/5 * * * *", "2026-11-22T17:45:00")]
    [InlineData("5/20 * * * * *", "2026-11-22T17:41:45")]
    [InlineData("0 10-50/20 * * * *", "2026-11-22T17:50:00")]
    [InlineData("0 1,2,59 * * * *", "2026-11-22T17:59:00")]
    [InlineData("0 0 6 * * 1", "2026-11-23T06:00:00")]
    [InlineData("0 0 6 * * 0", "2026-11-29T06:00:00")]
    [InlineData("0 0 6 * * Mon-Fri", "2026-11-23T06:00:00")]
    [InlineData("0 0 6 * * thursday", "2026-11-26T06:00:00")]
    [InlineData("0 0 6 * January *", "2027-01-01T06:00:00")]
    [InlineData("0 0 0 13 * FRI", "2027-08-13T00:00:00")]
    [InlineData("0 0 0 29 2 *", "2028-02-29T00:00:00")]
    [InlineData("00:05:00", "2026-11-22T17:46:28")]
    [InlineData("1.00:00:00", "2026-11-23T17:41:28")]
    public void The_next_due_time_follows_from_the_schedule(string schedule, string expected)
    {
        var next = TimerSchedule.Parse(schedule).Next(null, s_sunday);

        Assert.Equal(DateTime.Parse(expected), next);
        Assert.Equal(DateTimeKind.Utc, next.Kind);
    }

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("0 0 6 * * * 2026", "7 fields")]
    [InlineData("daily", "neither")]
    [InlineData("@daily", "neither")]
    [InlineData("0 60 * * * *", "60 is higher than the maximum")]
    [InlineData("0 0 6 * * 7", "7 is higher than the maximum")]
    [InlineData("0 0 6 L * *", "'L' is not a valid")]
    [InlineData("0 0 6 ? * 1", "'?' is not a valid")]
    [InlineData("0 0 6 * * 1#2", "'1#2' is not a valid")]
    [InlineData("0 1,,2 * * * *", "cannot be empty")]
    [InlineData("0 0 0 30 2 *", "no day of any year")]
    [InlineData("00:00:00", "out of range")]
    [InlineData("-00:05:00", "out of range")]
    [InlineData("00:00:00.5", "out of range")]
    [InlineData("367", "out of range")]
    public void What_is_no_schedule_is_refused_with_a_reason(string schedule, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("* * * * *", false)]
    [InlineData("30 * * * * *", false)]
    [InlineData("0 0 6 * * *", false)]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("0,59 * * * * *", true)]
    [InlineData("0,30 0 0 29 2 *", true)]
    [InlineData("00:00:59", true)]
    [InlineData("00:01:00", false)]
    public void Schedules_finer_than_a_minute_are_known(string schedule, bool isFiner) =>
        Assert.Equal(isFiner, TimerSchedule.Parse(schedule).IsFinerThanAMinute);

    [Fact]
    public void A_due_time_that_was_taken_is_not_next_again_when_the_clock_is_behind_it()
    {
        var cron = TimerSchedule.Parse("0 0 * * * *");
        var interval = TimerSchedule.Parse("01:00:00");
        DateTime taken = new(2026, 11, 22, 19, 0, 0, DateTimeKind.Utc);

        Assert.Equal(taken.AddHours(1), cron.Next(taken, s_sunday));
        Assert.Equal(taken.AddHours(1), interval.Next(taken, s_sunday));
    }

    [Fact]
    public void An_interval_keeps_its_beat_however_late_it_is_asked()
    {
        var schedule = TimerSchedule.Parse("00:05:00");
        DateTime taken = new(2026, 11, 22, 17, 0, 30, DateTimeKind.Utc);

        Assert.Equal(taken.AddMinutes(5), schedule.Next(taken, taken));
        Assert.Equal(taken.AddMinutes(5), schedule.Next(taken, taken.AddSeconds(299.999)));
        Assert.Equal(taken.AddMinutes(10), schedule.Next(taken, taken.AddMinutes(5)));
        Assert.Equal(taken.AddMinutes(45), schedule.Next(taken, s_sunday));
    }
}
