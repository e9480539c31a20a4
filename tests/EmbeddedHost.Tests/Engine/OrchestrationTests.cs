using System.Collections.Concurrent;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class OrchestrationTests
{
    [Fact]
    public async Task An_orchestrator_calls_activities_one_after_another_and_returns_its_result()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Double", number => number * 2)
            .Orchestrator("Twice", async context => await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("Double", context.GetInput<int>())))
            .Start();

        var end = await harness.RunAsync("Twice", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(20, end.ReadOutputAs<int>());
        Assert.Equal("5", end.SerializedInput);
    }

    [Fact]
    public async Task Activities_fanned_out_come_back_in_the_order_of_their_calls()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Square", number => number * number)
            .Orchestrator("FanOut", context => Task.WhenAll(Enumerable.Range(0, 200).Select(number => context.CallActivityAsync<int>("Square", number))))
            .Start();

        var end = await harness.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, 200).Select(number => number * number), end.ReadOutputAs<int[]>());
    }

    [Fact]
    public async Task A_retry_policy_repeats_a_failed_activity_after_growing_waits()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ConcurrentQueue<DateTimeOffset> attempts = new();
        await using var harness = new EngineHarness(clock)
            .Activity<string, string>("Flaky", _ =>
            {
                attempts.Enqueue(clock.GetUtcNow());
                return attempts.Count < 4 ? throw new IOException("not yet") : "done";
            })
            .Orchestrator("Retry", context => context.CallActivityAsync<string>(
                "Flaky", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(3)))))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Retry", EngineHarness.Cancellation);

        var end = await harness.EndOfAsync(id, clock, TimeSpan.FromMilliseconds(100));

        Assert.Equal("done", end.ReadOutputAs<string>());
        var created = harness.HistoryOf(id).OfType<TimerCreated>();
        Assert.Equal([1.0, 2.0, 3.0], created.Select(timer => (timer.FireAt - timer.At).TotalSeconds));
        Assert.Equal(4, attempts.Count);
    }

    [Fact]
    public async Task A_durable_timer_fires_when_it_is_due_and_not_before()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(40), CancellationToken.None);
                return context.CurrentUtcDateTime;
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TimerCreated>().Any());

        clock.Advance(TimeSpan.FromDays(39));
        Assert.DoesNotContain(harness.HistoryOf(id), historyEvent => historyEvent is TimerFired);
        var end = await harness.EndOfAsync(id, clock, TimeSpan.FromHours(6));

        Assert.InRange(end.ReadOutputAs<DateTime>(), new DateTime(2026, 2, 10, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 2, 11, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_start_at_a_later_time_is_pending_until_then()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock).Orchestrator("Late", context => Task.FromResult(context.CurrentUtcDateTime)).Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Late", new StartOrchestrationOptions("late", clock.GetUtcNow().AddHours(2)), EngineHarness.Cancellation);

        var before = await harness.Client.GetInstanceAsync("late", EngineHarness.Cancellation);
        var end = await harness.EndOfAsync("late", clock, TimeSpan.FromMinutes(30));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, before?.RuntimeStatus);
        Assert.True(end.ReadOutputAs<DateTime>() >= new DateTime(2026, 1, 1, 2, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_limit()
    {
        var running = 0;
        var most = 0;
        using SemaphoreSlim gate = new(0);
        await using var harness = new EngineHarness()
            .Activity<int, int>("Busy", async number =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == EngineHarness.ConcurrentActivities)
                {
                    gate.Release(1000);
                }

                await gate.WaitAsync(EngineHarness.Cancellation);
                Interlocked.Decrement(ref running);
                return number;
            })
            .Orchestrator("FanOut", context => Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallActivityAsync<int>("Busy", number))))
            .Start();

        var end = await harness.RunAsync("FanOut");

        Assert.Equal(50, end.ReadOutputAs<int[]>()!.Length);
        Assert.Equal(EngineHarness.ConcurrentActivities, most);

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = target; value > seen; seen = Interlocked.CompareExchange(ref target, value, seen))
            {
            }
        }
    }
}
