using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

public sealed class StartTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scheduled_start_waits_for_its_time_and_events_before_it_are_kept_in_order(bool reopens)
    {
        await using var hub = new Hub { Time = _clock };
        await hub.Orchestration("Collects", async (context, _) =>
            new[] { await context.EventAsync<int>("e"), await context.EventAsync<int>("e"), await context.EventAsync<int>("e") }).StartAsync();
        await hub.Client.CreateScheduledOrchestrationInstanceAsync("Collects", "", "later", null, Now.AddHours(1));

        for (var number = 1; number <= 3; number++)
        {
            await hub.RaiseAsync("later", "e", number);
        }

        if (reopens)
        {
            await (await hub.ReopenAsync()).StartAsync();
        }

        _clock.Advance(TimeSpan.FromMinutes(59));
        var early = await hub.StateOfAsync("later");
        _clock.Advance(TimeSpan.FromMinutes(2));
        var end = await hub.EndOfAsync("later");

        Assert.Equal(OrchestrationStatus.Pending, early.OrchestrationStatus);
        Assert.Equal(_clock.Start.UtcDateTime.AddHours(1), early.ScheduledStartTime);
        Assert.Equal("[1,2,3]", end.Output);
    }

    [Fact]
    public async Task A_start_scheduled_in_local_time_is_due_at_that_time()
    {
        await using var hub = new Hub { Time = _clock }.Open();

        await hub.Client.CreateScheduledOrchestrationInstanceAsync(
            "Any", "", "later", null, DateTime.SpecifyKind(Now.AddHours(1), DateTimeKind.Utc).ToLocalTime());

        Assert.Equal(Now.AddHours(1), (await hub.StateOfAsync("later")).ScheduledStartTime);
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_wins()
    {
        await using var hub = new Hub();
        await hub.Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go")).StartAsync();

        var starts = Enumerable.Range(0, 50).Select(number => Task.Run(() => hub.CreateAsync("Waits", number, "one"))).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);

        var winner = Assert.Single(starts, start => start.IsCompletedSuccessfully);
        Assert.All(starts.Where(start => start != winner), start => Assert.IsType<OrchestrationAlreadyExistsException>(start.Exception!.InnerException));
        Assert.Equal((await winner).ExecutionId, (await hub.StateOfAsync("one")).OrchestrationInstance.ExecutionId);
    }

    [Fact]
    public async Task Of_many_starts_of_different_ids_at_once_as_the_only_one_one_wins()
    {
        await using var hub = new Hub();
        await hub.Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go")).StartAsync();

        var starts = Enumerable.Range(0, 50).Select(number => Task.Run(() => CreateOnlyAsync(hub, "Waits", $"one-{number}"))).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);

        var winner = starts.FindIndex(start => start.IsCompletedSuccessfully);
        Assert.Equal(1, starts.Count(start => start.IsCompletedSuccessfully));
        Assert.All(
            starts.Where(start => !start.IsCompletedSuccessfully),
            start => Assert.Contains(
                $"'one-{winner}' of Waits has not ended",
                Assert.IsType<OrchestrationAlreadyExistsException>(start.Exception!.InnerException).Message,
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_only_one_of_a_name_makes_room_when_it_has_ended_and_minds_no_other_name()
    {
        await using var hub = new Hub();
        await hub.Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go")).StartAsync();
        await CreateOnlyAsync(hub, "Waits", "first");

        await CreateOnlyAsync(hub, "Other", "other");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => CreateOnlyAsync(hub, "waits", "second"));
        await hub.RaiseAsync("first", "go", 1);
        await hub.EndOfAsync("first");
        await CreateOnlyAsync(hub, "Waits", "second");

        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateOfAsync("first")).OrchestrationStatus);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => CreateOnlyAsync(hub, "Waits", "first"));
    }

    [Fact]
    public async Task Dedupe_statuses_say_which_instances_are_not_replaced()
    {
        await using var hub = new Hub();
        await hub.Orchestration("Same", (_, input) => Task.FromResult<object?>(input)).StartAsync();
        await hub.RunAsync("Same", 1, "x");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Create([OrchestrationStatus.Completed], 2));
        await Create([OrchestrationStatus.Running, OrchestrationStatus.Failed], 3);
        var replaced = await hub.EndOfAsync("x");
        await Create(null, 4);
        var again = await hub.EndOfAsync("x");

        Assert.Equal(("\"3\"", 1), (replaced.Output, replaced.Generation));
        Assert.Equal(("\"4\"", 2), (again.Output, again.Generation));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Service.CreateTaskOrchestrationAsync(StartOf("x")));

        Task Create(OrchestrationStatus[]? statuses, int input) =>
            hub.Client.CreateOrchestrationInstanceAsync("Same", "", "x", input, new Dictionary<string, string>(), statuses);
    }

    [Fact]
    public async Task A_live_instance_that_is_replaced_leaves_nothing_and_its_running_activity_has_no_effect()
    {
        TaskCompletionSource<object?> answer = new();
        await using var hub = new Hub { Options = options => new SqliteOrchestrationServiceOptions(options.Path) { MaxConcurrentTaskActivityWorkItems = 1 } };
        var runs = 0;
        await hub
            .Activity("Waits", input =>
            {
                Interlocked.Increment(ref runs);
                return answer.Task;
            })
            .Orchestration("Old", async (context, _) => (await Task.WhenAll(context.CallAsync<int>("Waits", 1), context.CallAsync<int>("Waits", 2))).Length)
            .Orchestration("New", async (context, _) => await context.EventAsync<string>("tell"))
            .StartAsync();
        await hub.CreateAsync("Old", id: "x");
        await Hub.UntilAsync(() => Volatile.Read(ref runs) == 1);

        await hub.Client.CreateOrchestrationInstanceAsync("New", "", "x", null, new Dictionary<string, string>(), []);
        await hub.UntilStatusAsync("x", OrchestrationStatus.Running);
        answer.SetResult(1);
        await hub.RaiseAsync("x", "tell", "told");
        var end = await hub.EndOfAsync("x");
        await hub.StopWorkerAsync();

        Assert.Equal("\"told\"", end.Output);
        Assert.Equal(1, runs);
        Assert.DoesNotContain(await hub.HistoryOfAsync("x"), historyEvent => historyEvent is TaskScheduledEvent or TaskCompletedEvent);
    }

    [Fact]
    public async Task A_message_that_starts_nothing_is_refused()
    {
        await using var hub = new Hub().Open();

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Service.CreateTaskOrchestrationAsync(new TaskMessage { Event = new GenericEvent(-1, "") }));
    }

    private static Task CreateOnlyAsync(Hub hub, string name, string id) =>
        hub.Service.CreateOnlyTaskOrchestrationAsync(StartOf(id, name), dedupeStatuses: null);

    private static TaskMessage StartOf(string id, string name = "Same")
    {
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = "e" };
        return new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, null) { Name = name, Version = "", OrchestrationInstance = instance },
        };
    }
}
