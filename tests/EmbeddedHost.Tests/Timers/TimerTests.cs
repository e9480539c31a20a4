namespace EmbeddedHost.Tests.Timers;

public sealed class TimerTests
{
    private const string Hourly = "0 0 * * * *";
    private static readonly DateTime s_start = new(2026, 11, 22, 9, 30, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_function_is_started_at_its_due_time_and_sees_the_record_from_before()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();

        await timers.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal([new Tick(At(10), At(10), default(DateTime), false), new Tick(At(11), At(11), At(10), false)], timers.TicksOf("F"));
        Assert.All(timers.TicksOf("F"), tick => Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (tick.Due!.Value.Kind, tick.Last!.Value.Kind)));
    }

    [Fact]
    public async Task It_is_not_started_a_millisecond_early()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();

        timers.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        await timers.SettleAsync();
        Assert.Empty(timers.TicksOf("F"));

        timers.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await timers.SettleAsync();
        Assert.Equal(At(10), timers.TicksOf("F").Single().At);
    }

    [Theory]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("00:00:30", true)]
    [InlineData("0 * * * * *", false)]
    public async Task A_schedule_finer_than_a_minute_or_not_monitored_has_no_status(string schedule, bool useMonitor)
    {
        await using var timers = await new TimerHarness(s_start).Function("F", schedule, useMonitor: useMonitor).StartAsync();

        await timers.PassAsync(TimeSpan.FromMinutes(2));
        await timers.StopAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(5));
        var before = timers.TicksOf("F").Count;
        await timers.StartAsync();
        await timers.SettleAsync();

        Assert.Equal(schedule switch { "*/10 * * * * *" => 12, "00:00:30" => 4, _ => 2 }, before);
        Assert.All(timers.TicksOf("F"), tick => Assert.Null(tick.Due));
        Assert.True(timers.TicksOf("F").Count == before, "nothing is made up");
    }

    [Fact]
    public async Task Of_many_ticks_missed_while_the_host_was_down_one_is_made_up_as_past_due()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));
        await timers.StopAsync();

        timers.Clock.Advance(TimeSpan.FromHours(20.25));
        await timers.StartAsync();
        await timers.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(
            [
                new Tick(At(10), At(10), default(DateTime), false),
                new Tick(At(30.75), At(11), At(10), true),
                new Tick(At(31), At(31), At(30.75), false),
            ],
            timers.TicksOf("F"));
    }

    [Fact]
    public async Task The_very_first_tick_is_made_up_too()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.CutAsync();
        timers.Clock.Advance(TimeSpan.FromHours(1));

        await timers.StartAsync();
        await timers.SettleAsync();

        Assert.Equal(new Tick(At(10.5), At(10), default(DateTime), true), Assert.Single(timers.TicksOf("F")));
    }

    [Fact]
    public async Task A_tick_whose_function_was_running_at_the_kill_does_not_run_again()
    {
        TaskCompletionSource never = new();
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly, cancellation => never.Task.WaitAsync(cancellation)).StartAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(30));
        await TimerHarness.UntilAsync(() => timers.TicksOf("F").Count == 1);

        await timers.CutAsync();
        timers.Function("F", Hourly);
        await timers.StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([At(10), At(11)], timers.TicksOf("F").Select(tick => tick.Due!.Value));
    }

    [Fact]
    public async Task A_run_longer_than_its_interval_is_not_overlapped_and_the_next_starts_right_after_it()
    {
        TaskCompletionSource first = new();
        var code = first.Task;
        await using var timers = await new TimerHarness(s_start).Function("F", "0 * * * * *", _ => code).StartAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(1));
        await TimerHarness.UntilAsync(() => timers.TicksOf("F").Count == 1);

        timers.Clock.Advance(TimeSpan.FromSeconds(290));
        Assert.True(timers.StateOf("F").IsRunning);
        Assert.Single(timers.TicksOf("F"));
        first.SetResult();
        await timers.SettleAsync();

        var ran = s_start.AddMinutes(1);
        Assert.Equal(
            [new Tick(ran, ran, default(DateTime), false), new Tick(ran.AddSeconds(290), ran.AddMinutes(1), ran, false)], timers.TicksOf("F"));
        Assert.Equal(ran.AddMinutes(5), timers.StateOf("F").Next.UtcDateTime);
    }

    [Fact]
    public async Task With_RunOnStartup_it_runs_at_each_start_and_the_next_tick_stays()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly, runOnStartup: true).StartAsync();
        await timers.PassAsync(TimeSpan.FromMinutes(40));
        await timers.StopAsync();

        await timers.StartAsync();
        await timers.SettleAsync();

        Assert.Equal(
            [
                new Tick(At(9.5), At(10), default(DateTime), false),
                new Tick(At(10), At(10), At(9.5), false),
                new Tick(s_start.AddMinutes(40), At(11), At(10), false),
            ],
            timers.TicksOf("F"));
    }

    [Fact]
    public async Task With_RunOnStartup_the_run_at_the_start_stands_for_the_missed_tick()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly, runOnStartup: true).StartAsync();
        await timers.SettleAsync();
        await timers.StopAsync();
        timers.Clock.Advance(TimeSpan.FromHours(3));

        await timers.StartAsync();
        await timers.SettleAsync();

        Assert.Equal([new Tick(At(9.5), At(10), default(DateTime), false), new Tick(At(12.5), At(10), At(9.5), false)], timers.TicksOf("F"));
        Assert.Equal(At(13), timers.StateOf("F").Next.UtcDateTime);
    }

    [Fact]
    public async Task A_failing_function_is_started_again_at_its_next_due_time()
    {
        await using var timers = await new TimerHarness(s_start)
            .Function("Throws", Hourly, _ => throw new InvalidOperationException("no"))
            .Function("Fails", Hourly, _ => Task.FromException(new InvalidOperationException("no")))
            .StartAsync();

        await timers.PassAsync(TimeSpan.FromHours(3));

        Assert.Equal([At(10), At(11), At(12)], timers.TicksOf("Throws").Select(tick => tick.At));
        Assert.Equal([At(10), At(11), At(12)], timers.TicksOf("Fails").Select(tick => tick.At));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public async Task A_clock_set_back_runs_no_tick_twice(double hours)
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).Function("Unmonitored", Hourly, useMonitor: false).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(2));

        timers.Clock.AdjustTime(timers.Clock.GetUtcNow() - TimeSpan.FromHours(hours));
        await timers.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([At(10), At(11)], timers.TicksOf("Unmonitored").Select(tick => tick.At));
        await timers.StopAsync();
        await timers.StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(hours));

        Assert.Equal([At(10), At(11), At(12)], timers.TicksOf("F").Select(tick => tick.Due!.Value));
    }

    [Fact]
    public async Task A_clock_that_was_wrong_by_more_than_a_week_does_not_silence_the_schedule()
    {
        await using var timers = await new TimerHarness(s_start.AddYears(1)).Function("Live", Hourly).Function("Restarted", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        timers.Clock.AdjustTime(new DateTimeOffset(s_start));
        timers.Clock.Advance(TimeSpan.FromMinutes(2));
        await TimerHarness.UntilAsync(() => timers.Triggers.List().All(state => state.Next.UtcDateTime == At(10)));
        await timers.SettleAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([At(10)], timers.TicksOf("Live").Select(tick => tick.At).Skip(1));
    }

    [Fact]
    public async Task A_host_started_after_such_a_correction_begins_afresh()
    {
        await using var timers = await new TimerHarness(s_start.AddYears(1)).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));
        await timers.StopAsync();

        timers.Clock.AdjustTime(new DateTimeOffset(s_start));
        await timers.StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(new Tick(At(10), At(10), default(DateTime), false), timers.TicksOf("F")[^1]);
    }

    [Fact]
    public async Task A_clock_set_forward_makes_up_one_tick_within_a_minute()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromMinutes(10));

        timers.Clock.AdjustTime(new DateTimeOffset(At(14.5)));
        timers.Clock.Advance(TimeSpan.FromMinutes(1));
        await timers.SettleAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([(At(10), true), (At(15), false)], timers.TicksOf("F").Select(tick => (tick.Due!.Value, tick.IsPastDue)));
        Assert.InRange(timers.TicksOf("F")[0].At, At(14.5), At(14.5).AddMinutes(1));
    }

    [Fact]
    public async Task Another_schedule_begins_afresh_and_makes_nothing_up()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));
        await timers.StopAsync();

        timers.Clock.Advance(TimeSpan.FromHours(5));
        await timers.Function("F", "0 15 * * * *").StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([new Tick(At(16.25), At(16.25), At(10), false)], timers.TicksOf("F").Skip(1));
    }

    [Fact]
    public async Task A_function_is_not_started_when_that_cannot_be_written_and_the_next_host_makes_it_up()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        timers.BreakStore();

        timers.Clock.Advance(TimeSpan.FromMinutes(30));
        await timers.SettleAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(5));
        await timers.SettleAsync();
        Assert.Empty(timers.TicksOf("F"));

        await timers.CutAsync();
        await timers.StartAsync();
        await timers.SettleAsync();

        Assert.Equal([new Tick(At(10).AddMinutes(5), At(10), default(DateTime), true)], timers.TicksOf("F"));
    }

    [Fact]
    public async Task A_tick_that_is_taken_as_the_host_stops_is_handed_back_and_the_next_host_makes_it_up()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.CutAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(31));

        await timers.RunStoppedAsync("F");
        Assert.Empty(timers.TicksOf("F"));
        timers.Clock.Advance(TimeSpan.FromMinutes(4));
        await timers.StartAsync();

        Assert.Equal([new Tick(At(10).AddMinutes(5), At(10), default(DateTime), true)], timers.TicksOf("F"));
    }

    [Fact]
    public async Task Stopping_tells_a_running_function_and_waits_for_it()
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly, async cancellation =>
        {
            await using (cancellation.Register(told.SetResult))
            {
                await finish.Task;
            }
        }).StartAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(30));
        await TimerHarness.UntilAsync(() => timers.TicksOf("F").Count == 1);

        var stop = timers.Triggers.StopAsync(TestContext.Current.CancellationToken);
        await told.Task.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 1000; i++)
        {
            await Task.Yield();
            Assert.False(stop.IsCompleted, "the function has not ended");
        }

        finish.SetResult();
        await stop;

        Assert.False(timers.StateOf("F").IsRunning);
    }

    [Fact]
    public async Task A_function_that_does_not_stop_in_time_is_not_waited_for()
    {
        TaskCompletionSource never = new();
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly, _ => never.Task).StartAsync();
        timers.Clock.Advance(TimeSpan.FromMinutes(30));
        await TimerHarness.UntilAsync(() => timers.TicksOf("F").Count == 1);

        await timers.Triggers.StopAsync(new CancellationToken(canceled: true));

        Assert.True(timers.StateOf("F").IsRunning);
        never.SetResult();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_record_that_is_damaged_begins_afresh(string damage)
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));
        await timers.StopAsync();
        await File.WriteAllTextAsync(timers.RecordOf("F"), damage, TestContext.Current.CancellationToken);

        timers.Clock.Advance(TimeSpan.FromHours(5));
        await timers.StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([new Tick(At(16), At(16), default(DateTime), false)], timers.TicksOf("F").Skip(1));
    }

    [Fact]
    public async Task A_write_that_a_kill_cut_off_leaves_the_record_before_it()
    {
        await using var timers = await new TimerHarness(s_start).Function("F", Hourly).StartAsync();
        await timers.PassAsync(TimeSpan.FromHours(1));
        await timers.StopAsync();
        await File.WriteAllTextAsync(timers.RecordOf("F") + ".new", "{\"function\":", TestContext.Current.CancellationToken);

        timers.Clock.Advance(TimeSpan.FromHours(1));
        await timers.StartAsync();

        Assert.Equal([(At(10), false), (At(11), true)], timers.TicksOf("F").Select(tick => (tick.Due!.Value, tick.IsPastDue)));
    }

    [Fact]
    public async Task The_schedules_can_be_read()
    {
        await using var timers = await new TimerHarness(s_start).Function("B", Hourly).Function("A", "00:05:00").StartAsync();

        await timers.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(
            [("A", "00:05:00", At(10), s_start.AddMinutes(35), false), ("B", Hourly, At(10), At(11), false)],
            timers.Triggers.List().Select(state => (state.Name, state.Schedule, state.Last!.Value.UtcDateTime, state.Next.UtcDateTime, state.IsRunning)));
    }

    private static DateTime At(double hour) => s_start.Date.AddHours(hour);
}
