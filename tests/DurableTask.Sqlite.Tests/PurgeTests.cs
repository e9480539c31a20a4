using DurableTask.Core;

namespace DurableTask.Sqlite.Tests;

public sealed class PurgeTests
{
    [Fact]
    public async Task An_ended_instance_is_removed_by_its_id_and_a_live_one_stays()
    {
        await using var hub = await Create().StartAsync();
        await hub.RunAsync("Ends", id: "ended");
        await hub.CreateAsync("Waits", id: "live");

        Assert.Equal(1, (await hub.Service.PurgeInstanceStateAsync("ended")).DeletedInstanceCount);
        Assert.Equal(0, (await hub.Service.PurgeInstanceStateAsync("ended")).DeletedInstanceCount);
        Assert.Equal(0, (await hub.Service.PurgeInstanceStateAsync("live")).DeletedInstanceCount);
        Assert.Equal(0, (await hub.Service.PurgeInstanceStateAsync("nobody")).DeletedInstanceCount);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("ended"));
        Assert.Empty(await hub.HistoryOfAsync("ended"));
        await hub.RaiseAsync("live", "go", 1);
        Assert.Equal("1", (await hub.EndOfAsync("live")).Output);
    }

    [Fact]
    public async Task A_filter_removes_ended_instances_only_whatever_statuses_it_names()
    {
        await using var hub = await Create().StartAsync();
        await hub.RunAsync("Ends", id: "ended");
        await hub.RunAsync("Fails", id: "failed");
        await hub.CreateAsync("Waits", id: "live");
        await hub.UntilStatusAsync("live", OrchestrationStatus.Running);

        var none = await hub.Service.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.MinValue, null, [OrchestrationStatus.Running, OrchestrationStatus.Terminated]));
        var early = await hub.Service.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.MinValue, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), null));
        var failed = await hub.Service.PurgeInstanceStateAsync(new PurgeInstanceFilter(DateTime.MinValue, DateTime.MaxValue, [OrchestrationStatus.Failed]));
        var rest = await hub.Service.PurgeInstanceStateAsync(new PurgeInstanceFilter(DateTime.MinValue, null, null));

        Assert.Equal((0, 0, 1, 1), (none.DeletedInstanceCount, early.DeletedInstanceCount, failed.DeletedInstanceCount, rest.DeletedInstanceCount));
        Assert.True(rest.IsComplete);
        Assert.Equal(OrchestrationStatus.Running, (await hub.StateOfAsync("live")).OrchestrationStatus);
    }

    [Fact]
    public async Task More_than_a_batch_goes_and_no_time_is_not_enough()
    {
        await using var hub = await Create().StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 250).Select(number => hub.RunAsync("Ends", id: $"i-{number}")));
        PurgeInstanceFilter filter = new(DateTime.MinValue, null, null) { Timeout = TimeSpan.Zero };

        var nothing = await hub.Service.PurgeInstanceStateAsync(filter);
        filter.Timeout = TimeSpan.FromMinutes(5);
        var all = await hub.Service.PurgeInstanceStateAsync(filter);

        Assert.Equal((0, false), (nothing.DeletedInstanceCount, nothing.IsComplete!.Value));
        Assert.Equal((250, true), (all.DeletedInstanceCount, all.IsComplete!.Value));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public async Task Sub_orchestrations_go_along_if_asked(bool recursive, int purged)
    {
        await using var hub = await Create().StartAsync();
        await hub.RunAsync("Tree", 0, "tree");
        await hub.UntilStatusAsync("tree:wait", OrchestrationStatus.Running);

        var result = await hub.Service.PurgeInstanceAsync("tree", recursive);

        Assert.Equal(purged, result.DeletedInstanceCount);
        Assert.Equal(!recursive, await hub.Client.GetOrchestrationStateAsync("tree:1") is not null);
        Assert.Equal(OrchestrationStatus.Running, (await hub.StateOfAsync("tree:wait")).OrchestrationStatus);
    }

    [Fact]
    public async Task A_filter_takes_sub_orchestrations_along_that_it_does_not_name()
    {
        await using var hub = await Create().StartAsync();
        await hub.RunAsync("Tree", 0, "tree");
        await hub.RunAsync("FailsWithChild", id: "failed");

        var result = await hub.Service.PurgeInstancesAsync(new PurgeInstanceFilter(DateTime.MinValue, null, [OrchestrationStatus.Failed]), recursive: true);

        Assert.Equal(2, result.DeletedInstanceCount);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("failed:1"));
        Assert.NotNull(await hub.Client.GetOrchestrationStateAsync("tree:1"));
    }

    [Theory]
    [InlineData(OrchestrationStateTimeRangeFilterType.OrchestrationCreatedTimeFilter)]
    [InlineData(OrchestrationStateTimeRangeFilterType.OrchestrationCompletedTimeFilter)]
    [InlineData(OrchestrationStateTimeRangeFilterType.OrchestrationLastUpdatedTimeFilter)]
    public async Task Ended_instances_older_than_a_time_are_removed(OrchestrationStateTimeRangeFilterType type)
    {
        await using var hub = await Create().StartAsync();
        await hub.RunAsync("Ends", id: "ended");
        await hub.CreateAsync("Waits", id: "live");

        await hub.Client.PurgeOrchestrationInstanceHistoryAsync(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), type);
        var young = await hub.Client.GetOrchestrationStateAsync("ended");
        await hub.Client.PurgeOrchestrationInstanceHistoryAsync(DateTime.MaxValue, type);

        Assert.NotNull(young);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("ended"));
        Assert.NotNull(await hub.Client.GetOrchestrationStateAsync("live"));
    }

    private static Hub Create() => new Hub()
        .Orchestration("Ends", (_, _) => Task.FromResult<object?>(1))
        .Orchestration("Fails", (_, _) => throw new InvalidOperationException("fails"))
        .Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go"))
        .Orchestration("FailsWithChild", async (context, _) =>
        {
            await context.Core.CreateSubOrchestrationInstance<int>("Ends", "", "failed:1", null);
            throw new InvalidOperationException("fails");
        })
        .Orchestration("Tree", async (context, input) =>
        {
            var id = context.Core.OrchestrationInstance.InstanceId;
            if (int.Parse(input) < 2)
            {
                await context.Core.CreateSubOrchestrationInstance<int>("Tree", "", $"{id}:1", int.Parse(input) + 1);
            }

            if (input == "0")
            {
                await context.Core.CreateSubOrchestrationInstance<int>(
                    "Waits", "", $"{id}:wait", null, new Dictionary<string, string> { [OrchestrationTags.FireAndForget] = "" });
                await context.Core.CreateSubOrchestrationInstance<int>("Ends", "", $"{id}:end", null);
            }

            return 0;
        });
}
