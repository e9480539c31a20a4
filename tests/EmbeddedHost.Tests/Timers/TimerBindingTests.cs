using EmbeddedHost.Timers;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Configuration;

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
        var refusal = Assert.Throws<HostConfigurationException>(() => Bind("%Bad%"));

        Assert.Equal(
            "The timer function 'Nightly' has the schedule '0 0 24 * * *' (from %Bad%), which is not allowed: "
            + "24 is higher than the maximum allowable value for the [Hour] field. Value must be between 0 and 23 (all inclusive). "
            + "A schedule is NCRONTAB in UTC with five fields (minute, hour, day, month, "
            + "day of week with Sunday as 0) or six (a second first), such as '0 0 6 * * *', "
            + "or an interval of 00:00:01 to 366 days, such as '00:05:00'.",
            refusal.Message);
    }

    [Fact]
    public void A_setting_that_is_not_there_is_named()
    {
        var refusal = Assert.Throws<HostConfigurationException>(() => Bind("%Missing%"));

        Assert.StartsWith(
            "The timer function 'Nightly' has the schedule '%Missing%', and there is no setting 'Missing'. Add it.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 * * * * *", "", true)]
    [InlineData("0 * * * * *", ",\"useMonitor\":true", true)]
    [InlineData("0 * * * * *", ",\"UseMonitor\":false", false)]
    [InlineData("*/30 * * * * *", "", false)]
    public void It_is_monitored_unless_it_asks_for_none_or_is_finer_than_a_minute(string schedule, string more, bool isMonitored) =>
        Assert.Equal(isMonitored, Bind(schedule, more).IsMonitored);

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"runOnStartup\":true", true)]
    public void It_runs_at_the_start_if_it_asks_for_it(string more, bool runs) => Assert.Equal(runs, Bind("0 0 6 * * *", more).RunOnStartup);

    private static TimerFunction Bind(string schedule, string more = "")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Nightly"] = "0 0 2 * * *",
            ["Etl:Schedule"] = "00:05:00",
            ["Minute"] = "7",
            ["Bad"] = "0 0 24 * * *",
        }).Build();
        var trigger = FunctionBinding.Read($$"""{"name":"timer","type":"timerTrigger","direction":"In","schedule":"{{schedule}}"{{more}}}""");
        return TimerFunction.Of(new AppFunction("Nightly", "id", trigger, [trigger]), configuration, (_, _) => Task.CompletedTask);
    }
}
