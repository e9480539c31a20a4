using DurableTask.Core;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task Idle_sessions_make_room_for_others_when_all_places_are_taken()
    {
        var starts = 0;
        await using var hub = new Hub
        {
            Options = options => new SqliteOrchestrationServiceOptions(options.Path)
            {
                MaxConcurrentTaskOrchestrationWorkItems = 2,
                ExtendedSessionIdleTimeout = TimeSpan.FromHours(1),
            },
        };
        await hub.Orchestration("Waits", async (context, _) =>
        {
            Interlocked.Increment(ref starts);
            return await context.EventAsync<int>("go");
        }).StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => hub.CreateAsync("Waits", id: $"w-{number}")));
        foreach (var number in Enumerable.Range(0, 20))
        {
            await hub.UntilStatusAsync($"w-{number}", OrchestrationStatus.Running);
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => hub.RaiseAsync($"w-{number}", "go", number)));

        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => hub.EndOfAsync($"w-{number}")));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => number.ToString()), ends.Select(end => end.Output));
        Assert.InRange(starts, 21, 60);
    }

    [Fact]
    public async Task A_session_is_kept_between_episodes_and_ends_after_its_idle_time()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        var starts = 0;
        await using var hub = new Hub { Time = clock }.Activity("Same", input => input);
        await hub.Orchestration("Waits", async (context, _) =>
        {
            Interlocked.Increment(ref starts);
            await context.CallAsync<int>("Same", 1);
            return await context.EventAsync<int>("go");
        }).StartAsync();
        await hub.CreateAsync("Waits", id: "x");
        await Hub.UntilAsync(async () => (await hub.HistoryOfAsync("x")).OfType<TaskCompletedEvent>().Any());
        var before = starts;

        await Hub.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            return hub.Service.IsIdle;
        });
        await hub.RaiseAsync("x", "go", 5);

        Assert.Equal("5", (await hub.EndOfAsync("x")).Output);
        Assert.Equal((1, 2), (before, starts));
    }

    [Fact]
    public async Task A_worker_that_is_stopped_in_order_waits_for_no_idle_session_and_can_start_again()
    {
        await using var hub = new Hub();
        await hub.Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go")).StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => hub.CreateAsync("Waits", id: $"w-{number}")));
        await hub.UntilStatusAsync("w-4", OrchestrationStatus.Running);

        await hub.Worker!.StopAsync(isForced: false);
        Assert.True(hub.Service.IsIdle);
        await hub.Worker.StartAsync();
        await hub.RaiseAsync("w-4", "go", 4);

        Assert.Equal("4", (await hub.EndOfAsync("w-4")).Output);
    }

    [Fact]
    public async Task A_stopped_service_sends_waiting_dispatchers_away_at_once()
    {
        await using var hub = new Hub().Open();
        await hub.Service.StartAsync();
        var orchestration = hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromHours(1), CancellationToken.None);
        var activity = hub.Service.LockNextTaskActivityWorkItem(TimeSpan.FromHours(1), CancellationToken.None);

        await hub.Service.StopAsync(isForced: true);

        Assert.Null(await orchestration);
        Assert.Null(await activity);
    }

    [Fact]
    public async Task A_fetch_whose_time_is_up_or_that_is_cancelled_gives_nothing()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await using var hub = new Hub().Open();
        await hub.Service.StartAsync();

        Assert.Null(await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None));
        Assert.Null(await hub.Service.LockNextTaskActivityWorkItem(TimeSpan.FromMilliseconds(1), CancellationToken.None));
        Assert.Null(await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromHours(1), cancelled.Token));
    }

    [Fact]
    public async Task A_work_item_that_is_released_without_anything_done_is_given_again()
    {
        await using var hub = new Hub().Open();
        await hub.Service.StartAsync();
        await hub.CreateAsync("Any", id: "x");

        var first = await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromSeconds(30), Hub.Cancellation);
        await hub.RaiseAsync("x", "e", 1);
        var locked = await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromMilliseconds(1), Hub.Cancellation);
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(first);
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(first);
        var second = await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.FromSeconds(30), Hub.Cancellation);

        Assert.Null(locked);
        Assert.Equal([EventType.ExecutionStarted], first.NewMessages.Select(message => message.Event.EventType));
        Assert.Equal([EventType.ExecutionStarted, EventType.EventRaised], second.NewMessages.Select(message => message.Event.EventType));
        Assert.Equal(DateTime.MaxValue, second.LockedUntilUtc);
    }
}
