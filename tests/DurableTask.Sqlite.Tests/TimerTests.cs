using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

public sealed class TimerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_fires_at_its_time_also_after_a_restart(bool kills)
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        await using var hub = new Hub { Time = clock };
        await SleepAnHourAsync(hub);

        await (await (kills ? hub.KillAsync() : hub.ReopenAsync())).StartAsync();

        await WakesAfterAnHourAsync(hub, clock);
    }

    [Fact]
    public async Task A_timer_does_not_wait_longer_for_a_clock_that_is_set_back()
    {
        SettableClock clock = new(TimeProvider.System.GetUtcNow());
        await using var hub = new Hub { Time = clock };
        await SleepAnHourAsync(hub);

        clock.Offset = TimeSpan.FromHours(-12);

        await WakesAfterAnHourAsync(hub, clock);
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_keep_an_orchestration_and_one_in_the_past_fires_at_once()
    {
        await using var hub = new Hub().Activity("Same", input => input);
        await hub.Orchestration("Races", async (context, _) =>
        {
            await context.Core.CreateTimer(DateTime.MinValue, true);
            using CancellationTokenSource cancel = new();
            var slow = context.Core.CreateTimer(context.Core.CurrentUtcDateTime.AddHours(1), true, cancel.Token);
            var first = await Task.WhenAny(slow, context.CallAsync<int>("Same", 1));

            // On this thread, as all that an orchestration does.
#pragma warning disable MA0042, CA1849
            cancel.Cancel();
#pragma warning restore MA0042, CA1849
            return first != slow;
        }).StartAsync();

        Assert.Equal("true", (await hub.RunAsync("Races")).Output);
    }

    private static async Task SleepAnHourAsync(Hub hub)
    {
        await hub.Orchestration("Sleeps", async (context, _) =>
        {
            await context.TimerAsync(TimeSpan.FromHours(1));
            return "woken";
        }).StartAsync();
        await hub.CreateAsync("Sleeps", id: "sleeps");
        await Hub.UntilAsync(async () => (await hub.HistoryOfAsync("sleeps")).OfType<TimerCreatedEvent>().Any());
    }

    private static async Task WakesAfterAnHourAsync(Hub hub, FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromMinutes(50));
        var early = await hub.StateOfAsync("sleeps");
        clock.Advance(TimeSpan.FromMinutes(11));
        var end = await hub.EndOfAsync("sleeps");

        Assert.Equal(OrchestrationStatus.Running, early.OrchestrationStatus);
        Assert.Equal("\"woken\"", end.Output);
    }
}
