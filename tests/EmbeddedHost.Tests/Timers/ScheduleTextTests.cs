using EmbeddedHost.Timers;

namespace EmbeddedHost.Tests.Timers;

public sealed class ScheduleTextTests
{
    [Theory]
    [InlineData("0 0 6 * * *", "every day at 06:00 UTC")]
    [InlineData("30 6 * * *", "every day at 06:30 UTC")]
    [InlineData("0 5 18,6 * * *", "every day at 06:05 and 18:05 UTC")]
    [InlineData("0 0 6 * * 1-5", "Monday to Friday at 06:00 UTC")]
    [InlineData("0 0 6 * * MON,THU", "every Monday and Thursday at 06:00 UTC")]
    [InlineData("0 0 6 * * 0", "every Sunday at 06:00 UTC")]
    [InlineData("0 0 6 1 * *", "on day 1 of every month at 06:00 UTC")]
    [InlineData("0 */15 * * * *", "every 15 minutes")]
    [InlineData("*/1 * * * *", "every minute")]
    [InlineData("0 0 */6 * * *", "every 6 hours")]
    [InlineData("0 20 * * * *", "every hour at minute 20")]
    [InlineData("00:05:00", "every 5 minutes")]
    [InlineData("1.00:00:00", "every day")]
    [InlineData("00:01:30", "every 00:01:30")]
    [InlineData("15 0 6 * * *", "'15 0 6 * * *'")]
    [InlineData("0 0 6-8 * * *", "'0 0 6-8 * * *'")]
    [InlineData("0 0 6 * 1 *", "'0 0 6 * 1 *'")]
    [InlineData("soon", "'soon'")]
    public void Common_schedules_are_told_in_words_and_others_as_they_are(string schedule, string text) => Assert.Equal(text, ScheduleText.Of(schedule));

    [Fact]
    public void What_it_says_of_a_day_is_when_the_schedule_is_due()
    {
        var monday = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        foreach (var (name, number) in Enum.GetNames<DayOfWeek>().Select((name, number) => (name, number)))
        {
            var schedule = $"0 0 6 * * {number}";

            Assert.Equal($"every {name} at 06:00 UTC", ScheduleText.Of(schedule));
            Assert.Equal(name, DueTimes.Next(schedule, monday).DayOfWeek.ToString());
        }
    }
}
