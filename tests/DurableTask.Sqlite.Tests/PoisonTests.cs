using DurableTask.Core;
using DurableTask.Core.Exceptions;

namespace DurableTask.Sqlite.Tests;

public sealed class PoisonTests
{
    private static SqliteOrchestrationServiceOptions ThreeTimes(SqliteOrchestrationServiceOptions options) =>
        new(options.Path) { MaxDeliveryCount = 3, AbandonDelay = TimeSpan.Zero, WritePatience = TimeSpan.Zero };

    [Fact]
    public async Task An_activity_that_is_abandoned_again_and_again_ends_as_failed()
    {
        var runs = 0;
        await using var hub = new Hub { Options = ThreeTimes };
        await hub
            .Activity("Aborts", object? (_) => Interlocked.Increment(ref runs) > 0 ? throw new SessionAbortedException("again") : 0)
            .Orchestration("Calls", async (context, _) => await context.CallAsync<int>("Aborts"))
            .StartAsync();

        var end = await hub.RunAsync("Calls", id: "x");

        Assert.Equal((OrchestrationStatus.Failed, 3), (end.OrchestrationStatus, runs));
        Assert.Contains(
            "The activity 'Aborts' (#0) of 'x' is ended: it was delivered 3 times and never completed.",
            end.FailureDetails.ErrorMessage,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_that_brings_its_process_down_is_counted_across_processes()
    {
        var runs = 0;
        await using var hub = new Hub { Options = ThreeTimes };
        await hub
            .Activity("Kills", async input =>
            {
                Interlocked.Increment(ref runs);
                await new TaskCompletionSource().Task;
                return 0;
            })
            .Activity("Same", input => input)
            .Orchestration("Calls", async (context, _) => await context.CallAsync<int>("Kills"))
            .StartAsync();
        await hub.CreateAsync("Calls", id: "x");

        for (var death = 1; death <= 3; death++)
        {
            await Hub.UntilAsync(() => Volatile.Read(ref runs) == death);
            await (await hub.KillAsync()).StartAsync();
        }

        var end = await hub.EndOfAsync("x");

        Assert.Equal((OrchestrationStatus.Failed, 3), (end.OrchestrationStatus, runs));
        Assert.Contains("it was delivered 3 times", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestration_whose_episodes_bring_the_process_down_ends_as_failed_and_its_parent_hears_of_it()
    {
        using SemaphoreSlim stuck = new(0);
        using ManualResetEventSlim release = new();
        await using var hub = new Hub { Options = ThreeTimes };
        await hub
            .Orchestration("Kills", (_, _) =>
            {
                stuck.Release();
                release.Wait(CancellationToken.None);
                return Task.FromResult<object?>(0);
            })
            .Orchestration("Parent", async (context, _) => await context.Core.CreateSubOrchestrationInstance<int>("Kills", "", "child", null))
            .StartAsync();
        await hub.CreateAsync("Parent", id: "parent");

        for (var death = 1; death <= 3; death++)
        {
            Assert.True(await stuck.WaitAsync(TimeSpan.FromSeconds(30), Hub.Cancellation));
            await hub.KillAsync();
            if (death == 3)
            {
                release.Set();
            }

            await hub.StartAsync();
        }

        var parent = await hub.EndOfAsync("parent");
        var child = await hub.StateOfAsync("child");

        Assert.Equal(OrchestrationStatus.Failed, parent.OrchestrationStatus);
        Assert.Equal(OrchestrationStatus.Failed, child.OrchestrationStatus);
        Assert.Equal("The orchestration 'child' is ended: 3 times its process died while an episode of it was running.", child.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_is_not_the_activitys_fault()
    {
        var runs = 0;
        TaskCompletionSource answer = new();
        await using var hub = new Hub { Options = ThreeTimes };
        await hub
            .Activity("Waits", async input =>
            {
                Interlocked.Increment(ref runs);
                await answer.Task.WaitAsync(CancellationToken.None);
                return runs > 5 ? 1 : throw new SessionAbortedException("stopped");
            })
            .Orchestration("Calls", async (context, _) => await context.CallAsync<int>("Waits"))
            .StartAsync();
        await hub.CreateAsync("Calls", id: "x");

        for (var stop = 1; stop <= 5; stop++)
        {
            await Hub.UntilAsync(() => Volatile.Read(ref runs) == stop);
            await hub.StopWorkerAsync();
            var waited = answer;
            answer = new TaskCompletionSource();
            waited.SetResult();
            await hub.StartAsync();
        }

        answer.SetResult();

        Assert.Equal("1", (await hub.EndOfAsync("x")).Output);
    }

    [Fact]
    public async Task An_abandoned_episode_is_tried_again_for_ever()
    {
        var runs = 0;
        await using var hub = new Hub { Options = ThreeTimes };
        await hub.Orchestration("Aborts", (_, _) =>
            Interlocked.Increment(ref runs) < 8 ? throw new SessionAbortedException("again") : Task.FromResult<object?>(1)).StartAsync();

        var end = await hub.RunAsync("Aborts");

        Assert.Equal((OrchestrationStatus.Completed, 8), (end.OrchestrationStatus, runs));
    }
}
