using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

public sealed class InstanceControlTests
{
    [Fact]
    public async Task A_held_instance_is_held_after_a_restart_too()
    {
        await using var harness = Waiting().Start();
        var id = await StartAsync(harness);
        await harness.Client.SuspendInstanceAsync(id, "lunch", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "go", "eaten", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<EventRaised>().Any());

        await harness.RestartAsync();
        var held = await harness.Client.GetInstanceAsync(id, EngineHarness.Cancellation);
        await harness.Client.ResumeInstanceAsync(id, EngineHarness.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, held!.RuntimeStatus);
        Assert.Equal("eaten", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purging_removes_ended_instances_that_the_filter_lets_through_and_never_live_ones()
    {
        await using var harness = Waiting()
            .Orchestrator("Ends", _ => Task.FromResult(1))
            .Orchestrator<int>("Fails", _ => throw new InvalidOperationException("no"))
            .Start();
        foreach (var number in Enumerable.Range(0, 150))
        {
            await harness.RunAsync("Ends", instanceId: $"e{number}");
        }

        await harness.RunAsync("Fails", instanceId: "f");
        var id = await StartAsync(harness);

        var nothing = await harness.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Running]), EngineHarness.Cancellation);
        var failed = await harness.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running]), EngineHarness.Cancellation);
        var rest = await harness.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), EngineHarness.Cancellation);

        Assert.Equal((0, 1, 150), (nothing.PurgedInstanceCount, failed.PurgedInstanceCount, rest.PurgedInstanceCount));
        Assert.True(rest.IsComplete);
        Assert.Equal([id], await harness.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).ToListAsync(EngineHarness.Cancellation));
        Assert.Equal(0, harness.Store.Read("SELECT count(*) FROM steps s LEFT JOIN instances i USING (instance_key) WHERE i.instance_key IS NULL", row => row.GetInt32(0)).Single());
    }

    [Fact]
    public async Task What_is_started_without_a_version_has_the_hosts()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Child", context => Task.FromResult(context.Version))
            .Orchestrator("Version", async context =>
                $"{context.Version} {context.CompareVersionTo("1.5")} {await context.CallSubOrchestratorAsync<string>("Child")} {await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { Version = "9" })}")
            .Start();

        var byDefault = await harness.RunAsync("Version");
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Version", new StartOrchestrationOptions("v2") { Version = "2.0" }, EngineHarness.Cancellation);
        var given = await harness.EndOfAsync("v2");

        Assert.Equal("1.0 -1 1.0 9", byDefault.ReadOutputAs<string>());
        Assert.Equal("2.0 1 1.0 9", given.ReadOutputAs<string>());
    }

    private static EngineHarness Waiting() => new EngineHarness().Orchestrator("Waits", context => context.WaitForExternalEvent<string>("go"));

    private static async Task<string> StartAsync(EngineHarness harness)
    {
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", EngineHarness.Cancellation);
        await harness.Client.WaitForInstanceStartAsync(id, EngineHarness.Cancellation);
        return id;
    }
}
