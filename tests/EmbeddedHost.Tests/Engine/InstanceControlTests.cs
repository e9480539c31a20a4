using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class InstanceControlTests
{
    [Fact]
    public async Task A_held_instance_goes_on_where_it_was_when_it_is_resumed()
    {
        await using var harness = Waiting().Start();
        var id = await StartAsync(harness);

        await harness.Client.SuspendInstanceAsync(id, "lunch", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "go", "eaten", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<EventRaised>().Any());
        var held = await harness.Client.GetInstanceAsync(id, getInputsAndOutputs: true, EngineHarness.Cancellation);
        await harness.Client.ResumeInstanceAsync(id, "back", EngineHarness.Cancellation);

        Assert.Equal((OrchestrationRuntimeStatus.Suspended, "lunch"), (held!.RuntimeStatus, held.SerializedOutput));
        Assert.Equal("eaten", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

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
    public async Task A_terminated_instance_has_the_output_it_was_given_and_its_parent_a_failure()
    {
        await using var harness = Waiting()
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Waits", options: new SubOrchestrationOptions(instanceId: "child"));
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ErrorMessage;
                }
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", EngineHarness.Cancellation);
        await harness.Client.WaitForInstanceStartAsync("child", EngineHarness.Cancellation);

        await harness.Client.TerminateInstanceAsync("child", "enough", EngineHarness.Cancellation);

        var child = await harness.EndOfAsync("child");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"enough\""), (child.RuntimeStatus, child.SerializedOutput));
        Assert.Contains("enough", (await harness.EndOfAsync(id)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    public async Task Sub_orchestrations_end_with_a_terminated_parent_if_asked_for(bool recursive, OrchestrationRuntimeStatus expected)
    {
        await using var harness = Waiting()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Waits", options: new SubOrchestrationOptions(instanceId: "child")))
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent"), EngineHarness.Cancellation);
        await harness.Client.WaitForInstanceStartAsync("child", EngineHarness.Cancellation);

        await harness.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("end", recursive), EngineHarness.Cancellation);
        await harness.EndOfAsync("parent");
        if (recursive)
        {
            await harness.EndOfAsync("child");
        }

        Assert.Equal(expected, (await harness.Client.GetInstanceAsync("child", EngineHarness.Cancellation))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_pending_instance_can_be_terminated_before_it_begins()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock).Orchestrator("Late", _ => Task.FromResult(1)).Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Late", new StartOrchestrationOptions("late", clock.GetUtcNow().AddDays(1)), EngineHarness.Cancellation);

        await harness.Client.TerminateInstanceAsync("late", EngineHarness.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await harness.EndOfAsync("late")).RuntimeStatus);
    }

    [Fact]
    public async Task What_cannot_be_done_in_a_status_is_refused_and_said()
    {
        await using var harness = Waiting().Orchestrator("Ends", _ => Task.FromResult(1)).Start();
        await harness.RunAsync("Ends", instanceId: "ended");
        var id = await StartAsync(harness);
        var client = harness.Client;

        await RefusedAsync(() => client.TerminateInstanceAsync("ended", EngineHarness.Cancellation), "Cannot terminate the orchestration instance ended because instance is in the Completed state.");
        await RefusedAsync(() => client.SuspendInstanceAsync("ended", EngineHarness.Cancellation), "Cannot suspend the orchestration instance ended because instance is in the Completed state.");
        await RefusedAsync(() => client.ResumeInstanceAsync(id, EngineHarness.Cancellation), $"Cannot resume the orchestration instance {id} because instance is in the Running state.");
        await RefusedAsync(() => client.PurgeInstanceAsync(id, EngineHarness.Cancellation), $"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID {id} has status Running");
        await RefusedAsync(() => client.RewindInstanceAsync("ended", "again", EngineHarness.Cancellation), "This orchestration has status Completed, but only orchestrations in the \"Failed\" state can be rewound.");
        await RefusedAsync(() => client.RestartAsync(id, restartWithNewInstanceId: false, EngineHarness.Cancellation), "A non-terminal instance with this instance ID already exists.");
        await Assert.ThrowsAsync<ArgumentException>(() => client.TerminateInstanceAsync("nope", EngineHarness.Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RewindInstanceAsync("nope", "again", EngineHarness.Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RestartAsync("nope", restartWithNewInstanceId: true, EngineHarness.Cancellation));
        Assert.Equal(0, (await client.PurgeInstanceAsync("nope", EngineHarness.Cancellation)).PurgedInstanceCount);

        static async Task RefusedAsync(Func<Task> call, string message) => Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(call)).Message);
    }

    [Fact]
    public async Task A_restarted_instance_runs_again_with_its_input()
    {
        await using var harness = new EngineHarness().Orchestrator("Echo", context => Task.FromResult(context.GetInput<string>())).Start();
        await harness.RunAsync("Echo", "same", "echo");

        var other = await harness.Client.RestartAsync("echo", restartWithNewInstanceId: true, EngineHarness.Cancellation);
        var again = await harness.Client.RestartAsync("echo", restartWithNewInstanceId: false, EngineHarness.Cancellation);

        Assert.NotEqual("echo", other);
        Assert.Equal("echo", again);
        Assert.Equal("same", (await harness.EndOfAsync(other)).ReadOutputAs<string>());
        Assert.Equal("same", (await harness.EndOfAsync("echo")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_rewound_instance_does_again_what_failed_and_only_that()
    {
        List<string> ran = [];
        var broken = true;
        await using var harness = new EngineHarness()
            .Activity<string, string>("Act", name =>
            {
                lock (ran)
                {
                    ran.Add(name);
                }

                return name == "bad" && broken ? throw new IOException("broken") : name;
            })
            .Orchestrator("Child", context => context.CallActivityAsync<string>("Act", "bad"))
            .Orchestrator("Fan", async context =>
            {
                var before = await context.CallActivityAsync<string>("Act", "before");
                var all = await Task.WhenAll(
                    context.CallActivityAsync<string>("Act", "good"),
                    context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child")),
                    context.CallActivityAsync<string>("Act", "bad", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))));
                return $"{before} {string.Join(' ', all)}";
            })
            .Start();
        var failed = await harness.RunAsync("Fan", instanceId: "fan");
        var before = ran.Count;
        broken = false;

        await harness.Client.RewindInstanceAsync("fan", "mended", EngineHarness.Cancellation);
        var end = await harness.EndOfAsync("fan");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("before good bad bad", end.ReadOutputAs<string>());
        Assert.Equal(["bad", "bad"], ran[before..]);
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
    public async Task Dedupe_statuses_say_which_instances_keep_a_new_one_out()
    {
        await using var harness = Waiting().Orchestrator("Ends", context => Task.FromResult(context.GetInput<string>())).Start();
        await harness.RunAsync("Ends", "first", "id");

        await Assert.ThrowsAsync<DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException>(() => harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Ends", "second", new StartOrchestrationOptions("id").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed), EngineHarness.Cancellation));
        await harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waits", null, new StartOrchestrationOptions("id").WithDedupeStatuses(OrchestrationRuntimeStatus.Running), EngineHarness.Cancellation);
        await harness.Client.WaitForInstanceStartAsync("id", EngineHarness.Cancellation);
        await harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Ends", "third", new StartOrchestrationOptions("id").WithDedupeStatuses(OrchestrationRuntimeStatus.Failed), EngineHarness.Cancellation);

        Assert.Equal("third", (await harness.EndOfAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Tags_and_version_stay_with_the_instance()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Child", context => Task.FromResult(context.Version))
            .Orchestrator("Version", async context =>
                $"{context.Version} {context.CompareVersionTo("1.5")} {await context.CallSubOrchestratorAsync<string>("Child")} {await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { Version = "9" })}")
            .Start();

        var byDefault = await harness.RunAsync("Version");
        await harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Version", new StartOrchestrationOptions("v2") { Version = "2.0", Tags = new Dictionary<string, string> { ["team"] = "data" } }, EngineHarness.Cancellation);
        var given = await harness.EndOfAsync("v2");

        Assert.Equal("1.0 -1 1.0 9", byDefault.ReadOutputAs<string>());
        Assert.Equal("2.0 1 1.0 9", given.ReadOutputAs<string>());
        Assert.Equal("data", given.Tags["team"]);
    }

    private static EngineHarness Waiting() => new EngineHarness().Orchestrator("Waits", context => context.WaitForExternalEvent<string>("go"));

    private static async Task<string> StartAsync(EngineHarness harness)
    {
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", EngineHarness.Cancellation);
        await harness.Client.WaitForInstanceStartAsync(id, EngineHarness.Cancellation);
        return id;
    }
}
