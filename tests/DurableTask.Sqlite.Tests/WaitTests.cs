using DurableTask.Core;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

public sealed class WaitTests
{
    [Fact]
    public async Task A_wait_ends_with_the_instance_even_one_that_began_before_it_was_created()
    {
        await using var hub = await Create().StartAsync();
        var waits = Enumerable.Range(0, 5).Select(_ => hub.EndOfAsync("x")).ToList();

        await hub.CreateAsync("Waits", id: "x");
        await hub.RaiseAsync("x", "go", 5);

        Assert.All(await Task.WhenAll(waits), state => Assert.Equal("5", state.Output));
        Assert.Equal("5", (await hub.EndOfAsync("x")).Output);
    }

    [Fact]
    public async Task A_wait_whose_time_is_up_gives_nothing()
    {
        FakeTimeProvider clock = new();
        await using var hub = new Hub { Time = clock }.Open();
        await hub.CreateAsync("Waits", id: "x");

        var unknown = hub.Service.WaitForOrchestrationAsync("nobody", null, TimeSpan.FromSeconds(10), Hub.Cancellation);
        var live = hub.Service.WaitForOrchestrationAsync("x", null, TimeSpan.FromSeconds(10), Hub.Cancellation);
        await Hub.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return unknown.IsCompleted && live.IsCompleted;
        });

        Assert.Null(await unknown);
        Assert.Null(await live);
        Assert.Null(await hub.Service.WaitForOrchestrationAsync("x", null, TimeSpan.Zero, Hub.Cancellation));
    }

    [Fact]
    public async Task A_cancelled_wait_is_over()
    {
        using CancellationTokenSource cancel = new();
        await using var hub = new Hub().Open();
        var wait = hub.Service.WaitForOrchestrationAsync("x", null, Timeout.InfiniteTimeSpan, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_suspended_instance_has_not_ended_and_a_purged_one_is_waited_for_anew()
    {
        await using var hub = await Create().StartAsync();
        await hub.CreateAsync("Waits", id: "x");
        var wait = hub.EndOfAsync("x");
        await hub.Client.SuspendInstanceAsync(Hub.Id("x"));
        await hub.UntilStatusAsync("x", OrchestrationStatus.Suspended);
        Assert.False(wait.IsCompleted);

        await hub.Client.CreateOrchestrationInstanceAsync("Waits", "", "x", null, new Dictionary<string, string>(), []);
        await hub.RaiseAsync("x", "go", 7);

        Assert.Equal("7", (await wait).Output);
    }

    private static Hub Create() => new Hub().Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go"));
}
