using EmbeddedHost.Timers;

namespace EmbeddedHost.Tests.Timers;

public sealed class DueTimesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 0 6 * * *", "2026-11-23T06:00:00Z")]
    [InlineData("*/20 0 6 * * *", "2026-11-22T06:00:20Z")]
    [InlineData("30 7 * * 1", "2026-11-23T07:30:00Z")]
    [InlineData("00:05:00", "2026-11-22T06:05:00Z")]
    public void The_next_due_time_comes_after_now(string schedule, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DueTimes.Next(schedule, s_now));

    [Fact]
    public void What_is_no_schedule_is_named_with_what_is_one()
    {
        var failure = Assert.Throws<FormatException>(() => DueTimes.Next("99 * *", s_now));

        Assert.StartsWith("'99 * *' is no schedule: it has 3 fields. A schedule is NCRONTAB in UTC", failure.Message, StringComparison.Ordinal);
    }
}
