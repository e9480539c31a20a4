using System.Reflection;
using EmbeddedHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Timers;

public sealed class TimerBindingTests
{
    [Theory]
    [InlineData("%Nightly%", "0 0 2 * * *")]
    [InlineData("%Etl__Schedule%", "00:05:00")]
    [InlineData("%Etl:Schedule%", "00:05:00")]
    [InlineData("0 %Minute% * * * *", "0 7 * * * *")]
    [InlineData("0 0 6 * * *", "0 0 6 * * *")]
    public void A_schedule_is_read_with_its_settings_filled_in(string schedule, string expected) => Assert.Equal(expected, Bind(schedule).ScheduleText);

    [Fact]
    public void A_bad_schedule_names_the_function_the_schedule_the_reason_and_what_is_allowed()
    {
        var refusal = Assert.ThrowsAny<EmbeddedHostException>(() => Bind("%Bad%"));

        Assert.Equal(
            "The timer function 'Nightly' has the schedule '0 0 24 * * *' (from %Bad%), which is not allowed: "
            + "24 is higher than the maximum allowable value for the [Hour] field. Value must be between 0 and 23 (all inclusive). "
            + "A schedule is NCRONTAB in UTC with five fields (minute, hour, day, month, day of week with Sunday as 0) or six (a second first), such as '0 0 6 * * *', "
            + "or an interval of 00:00:01 to 366 days, such as '00:05:00'.",
            refusal.Message);
    }

    [Fact]
    public void A_setting_that_is_not_there_is_named()
    {
        var refusal = Assert.ThrowsAny<EmbeddedHostException>(() => Bind("%Missing%"));

        Assert.StartsWith("The timer function 'Nightly' has the schedule '%Missing%', and there is no setting 'Missing'. Add it.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 * * * * *", true, true)]
    [InlineData("0 * * * * *", false, false)]
    [InlineData("*/30 * * * * *", true, false)]
    public void It_is_monitored_when_it_asks_for_it_and_is_no_finer_than_a_minute(string schedule, bool useMonitor, bool isMonitored) =>
        Assert.Equal(isMonitored, Bind(schedule, useMonitor: useMonitor).IsMonitored);

    [Fact]
    public void The_trigger_asks_for_a_monitor_by_default_and_not_for_a_run_at_the_start()
    {
        TimerTriggerAttribute trigger = new("0 0 6 * * *");

        Assert.True(trigger.UseMonitor);
        Assert.False(trigger.RunOnStartup);
    }

    [Theory]
    [InlineData(nameof(Functions.TakesText), "its parameter 'text' of type String cannot be bound")]
    [InlineData(nameof(Functions.TakesUnmarkedClient), "its parameter 'client' of type DurableTaskClient cannot be bound")]
    public void A_parameter_that_cannot_be_bound_is_named(string method, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => Bind("0 0 6 * * *", method)).Message, StringComparison.Ordinal);

    private static TimerFunction Bind(string schedule, string method = nameof(Functions.TakesInfo), bool useMonitor = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Nightly"] = "0 0 2 * * *",
            ["Etl:Schedule"] = "00:05:00",
            ["Minute"] = "7",
            ["Bad"] = "0 0 24 * * *",
        }).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).BuildServiceProvider();
        return TimerBinding.Bind(
            typeof(Functions).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!, "Nightly", new TimerTriggerAttribute(schedule) { UseMonitor = useMonitor }, services);
    }

    // Not to be found by hosts: they look at exported types only.
    private static class Functions
    {
        public static void TakesInfo(TimerInfo timer) => ArgumentNullException.ThrowIfNull(timer);

        public static void TakesText(TimerInfo timer, string text) => ArgumentNullException.ThrowIfNull(text, timer.ToString());

        public static void TakesUnmarkedClient(TimerInfo timer, DurableTaskClient client) => ArgumentNullException.ThrowIfNull(client, timer.ToString());
    }
}
