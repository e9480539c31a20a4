using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Removing ended instances.</summary>
public abstract class PurgeTests(HostKind kind) : ContractTests(kind)
{
    private const string One = "client.PurgeInstanceAsync(string, PurgeInstanceOptions, CancellationToken)";
    private const string OneBare = "client.PurgeInstanceAsync(string, CancellationToken)";
    private const string Many = "client.PurgeAllInstancesAsync(PurgeInstancesFilter, PurgeInstanceOptions, CancellationToken)";
    private const string ManyBare = "client.PurgeAllInstancesAsync(PurgeInstancesFilter, CancellationToken)";

    [Theory]
    [Covers(One)]
    [Covers(OneBare)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_ended_instance_is_gone_with_its_history(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "a");
        await host.BringToAsync(status, "b");

        var bare = await host.Client.PurgeInstanceAsync("a", Cancellation);
        var withOptions = await host.Client.PurgeInstanceAsync("b", new PurgeInstanceOptions(), Cancellation);
        var again = await host.Client.PurgeInstanceAsync("a", Cancellation);

        Assert.Equal((1, 1, 0), (bare.PurgedInstanceCount, withOptions.PurgedInstanceCount, again.PurgedInstanceCount));
        Assert.Null(await host.Client.GetInstanceAsync("a", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.GetOrchestrationHistoryAsync("a", Cancellation));
    }

    [Theory]
    [Covers(OneBare)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task A_live_instance_is_not_purged(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "id");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync("id", Cancellation));

        Assert.Equal($"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID id has status {status}", refusal.Message);
        Assert.Equal(status, (await host.FindAsync("id")).RuntimeStatus);
    }

    [Theory]
    [Covers(One)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sub_orchestrations_go_with_their_parent_only_if_asked_for(bool recursive)
    {
        await using var host = await StartFamilyAsync();
        await host.RunAsync("Parent", instanceId: "parent");

        var purged = await host.Client.PurgeInstanceAsync("parent", new PurgeInstanceOptions(recursive), Cancellation);

        Assert.Equal(recursive ? 3 : 1, purged.PurgedInstanceCount);
        Assert.Equal(recursive ? [] : ["child", "grandchild"], await IdsOfAsync(host));
    }

    [Theory]
    [Covers(Many)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sub_orchestrations_of_filtered_parents_go_only_if_asked_for(bool recursive)
    {
        await using var host = await StartFamilyAsync();
        await host.RunAsync("Parent", instanceId: "parent");
        var created = (await host.FindAsync("parent")).CreatedAt;

        var purged = await host.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedFrom: created, CreatedTo: created), new PurgeInstanceOptions(recursive), Cancellation);

        Assert.Equal(recursive ? 3 : 1, purged.PurgedInstanceCount);
        Assert.Equal(recursive ? [] : ["child", "grandchild"], await IdsOfAsync(host));
    }

    [Fact]
    [Covers(Many)]
    [Covers(ManyBare)]
    public async Task A_filter_says_which_ended_instances_go_and_live_ones_stay_whatever_it_says()
    {
        await using var host = await StartStandardAsync();
        foreach (var number in Enumerable.Range(0, 5))
        {
            await host.RunAsync("Echo", instanceId: $"e{number}");
        }

        await host.BringToAsync(OrchestrationRuntimeStatus.Failed, "failed");
        await host.BringToAsync(OrchestrationRuntimeStatus.Terminated, "terminated");
        await host.BringToAsync(OrchestrationRuntimeStatus.Running, "live");
        await host.BringToAsync(OrchestrationRuntimeStatus.Suspended, "held");
        var middle = (await host.FindAsync("e2")).CreatedAt;

        Assert.Equal(0, await CountAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal(1, await CountAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running])));
        Assert.Equal(2, await CountAsync(new PurgeInstancesFilter(CreatedTo: middle.AddTicks(-1))));
        Assert.Equal(1, await CountAsync(new PurgeInstancesFilter(CreatedFrom: middle, CreatedTo: middle)));
        Assert.Equal(0, await CountAsync(new PurgeInstancesFilter(CreatedFrom: TimeProvider.System.GetUtcNow().AddHours(1))));
        Assert.Equal(["e3", "e4", "held", "live", "terminated"], await IdsOfAsync(host));
        var rest = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), new PurgeInstanceOptions(), Cancellation);

        Assert.Equal((3, true), (rest.PurgedInstanceCount, rest.IsComplete));
        Assert.Equal(["held", "live"], await IdsOfAsync(host));

        async Task<int> CountAsync(PurgeInstancesFilter filter) => (await host.Client.PurgeAllInstancesAsync(filter, Cancellation)).PurgedInstanceCount;
    }

    [Fact]
    public async Task The_short_forms_purge_as_the_filter_does()
    {
        await using var host = await StartStandardAsync();
        DateTimeOffset? from = TimeProvider.System.GetUtcNow();
        OrchestrationRuntimeStatus[] failed = [OrchestrationRuntimeStatus.Failed];
        PurgeInstanceOptions options = new();

        Assert.Equal(2, await CountAsync(client => client.PurgeInstancesAsync(from, null, Cancellation)));
        Assert.Equal(2, await CountAsync(client => client.PurgeInstancesAsync(from, null, options, Cancellation)));
        Assert.Equal(1, await CountAsync(client => client.PurgeInstancesAsync(from, null, failed, Cancellation)));
        Assert.Equal(1, await CountAsync(client => client.PurgeInstancesAsync(null, null, failed, options, Cancellation)));
        Assert.Equal(0, await CountAsync(client => client.PurgeInstancesAsync(null, from, Cancellation)));

        async Task<int> CountAsync(Func<DurableTaskClient, Task<PurgeResult>> purge)
        {
            await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "completed");
            await host.BringToAsync(OrchestrationRuntimeStatus.Failed, "failed");
            return (await purge(host.Client)).PurgedInstanceCount;
        }
    }

    [Fact]
    [Covers(ManyBare)]
    public async Task A_purge_has_time_and_says_that_it_is_complete()
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "id");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.Zero }, Cancellation));
        var all = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.FromMinutes(5) }, Cancellation);

        Assert.Equal((1, true), (all.PurgedInstanceCount, all.IsComplete));
    }

    [Fact]
    [Covers(One)]
    [Covers(Many)]
    public async Task A_purge_of_an_unknown_id_removes_nothing_and_one_of_none_or_of_a_cancelled_token_is_refused()
    {
        await using var host = await StartStandardAsync();
        await host.BringToAsync(OrchestrationRuntimeStatus.Completed, "id");
        CancellationToken cancelled = new(canceled: true);

        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("nope", new PurgeInstanceOptions(), Cancellation)).PurgedInstanceCount);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Client.PurgeInstanceAsync(string.Empty, new PurgeInstanceOptions(), Cancellation));
        await CancelledAsync(() => host.Client.PurgeInstanceAsync("id", new PurgeInstanceOptions(), cancelled));
        await CancelledAsync(() => host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), new PurgeInstanceOptions(), cancelled));
        Assert.Equal(["id"], await IdsOfAsync(host));
    }

    private Task<ContractHost> StartFamilyAsync() => StartStandardAsync(tasks => tasks
        .AddOrchestratorFunc<string>("Middle", context =>
            context.CallSubOrchestratorAsync<string>("Echo", "x", new SubOrchestrationOptions(instanceId: "grandchild")))
        .AddOrchestratorFunc<string>("Parent", context =>
            context.CallSubOrchestratorAsync<string>("Middle", options: new SubOrchestrationOptions(instanceId: "child"))));

    private async Task<IReadOnlyList<string>> IdsOfAsync(ContractHost host) =>
        await host.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).ToListAsync(Cancellation);
}

public sealed class PurgeTestsInSessions() : PurgeTests(HostKind.Sessions);

public sealed class PurgeTestsReplayed() : PurgeTests(HostKind.Replay);
