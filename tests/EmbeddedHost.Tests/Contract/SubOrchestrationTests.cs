using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Orchestrations that call orchestrations.</summary>
public abstract class SubOrchestrationTests(HostKind kind) : ContractTests(kind)
{
    private const string Generic = "context.CallSubOrchestratorAsync<TResult>(TaskName, object, TaskOptions)";

    [Fact]
    [Covers(Generic)]
    [Covers("context.Parent")]
    public async Task A_sub_orchestration_has_its_own_instance_and_knows_its_parent()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Child", (context, input) => $"{input} of {context.Parent?.Name} {context.Parent?.InstanceId}")
            .AddOrchestratorFunc<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", "child", new SubOrchestrationOptions(instanceId: "p:1"))));

        var result = await host.ResultOfAsync<string>("Parent", instanceId: "p");
        var child = await host.FindAsync("p:1");

        Assert.Equal("child of Parent p", result);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "Child", "\"child\""), (child.RuntimeStatus, child.Name, child.SerializedInput));
    }

    [Fact]
    [Covers("context.CallSubOrchestratorAsync(TaskName, object, TaskOptions)")]
    [Covers("context.CallSubOrchestratorAsync(TaskName, TaskOptions)")]
    [Covers("context.CallSubOrchestratorAsync<TResult>(TaskName, TaskOptions)")]
    public async Task Every_form_of_a_call_calls()
    {
        await using var host = await StartStandardAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Forms", async context =>
            {
                await context.CallSubOrchestratorAsync("Echo", "a", new TaskOptions().WithInstanceId("c1"));
                await context.CallSubOrchestratorAsync("Echo", new TaskOptions().WithInstanceId("c2"));
                var none = await context.CallSubOrchestratorAsync<string?>("Echo", new SubOrchestrationOptions(new TaskOptions(), "c3"));
                return (none ?? "nothing ") + await context.CallSubOrchestratorAsync<string>("Echo", "text");
            }));

        Assert.Equal("nothing text", await host.ResultOfAsync<string>("Forms"));
        Assert.Equal("\"a\"", (await host.FindAsync("c1")).SerializedOutput);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.FindAsync("c2")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.FindAsync("c3")).RuntimeStatus);
    }

    [Fact]
    [Covers(Generic)]
    public async Task A_sub_orchestration_without_an_id_gets_one_of_its_own()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Child", context => context.InstanceId)
            .AddOrchestratorFunc<string[]>("Parent", async context =>
                [await context.CallSubOrchestratorAsync<string>("Child"), await context.CallSubOrchestratorAsync<string>("Child")]));

        var ids = await host.ResultOfAsync<string[]>("Parent");

        Assert.All(ids, id => Assert.True(Guid.TryParseExact(id, "N", out _), id));
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    [Covers(Generic)]
    public async Task Sub_orchestrations_fanned_out_come_back_in_the_order_of_their_calls()
    {
        await using var host = await StartStandardAsync(tasks => tasks
            .AddOrchestratorFunc<string[]>("FanOut", context =>
                Task.WhenAll(Enumerable.Range(0, 20).Select(number => context.CallSubOrchestratorAsync<string>("Echo", $"{number}")))));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}"), await host.ResultOfAsync<string[]>("FanOut"));
    }

    [Fact]
    [Covers(Generic)]
    public async Task A_failed_sub_orchestration_throws_in_its_parent_with_what_went_wrong()
    {
        TaskFailedException? caught = null;
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Act", string (_, _) => throw new FormatException("act boom"))
            .AddOrchestratorFunc<string>("Throws", string (_) => throw new ArgumentException("child boom", new IOException("inner")))
            .AddOrchestratorFunc<string>("Passes", context => context.CallActivityAsync<string>("Act"))
            .AddOrchestratorFunc<string, string>("Parent", async (context, child) =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>(child);
                }
                catch (TaskFailedException failure)
                {
                    caught = failure;
                    return failure.Message;
                }
            }));

        Assert.Equal("Task 'Throws' (#0) failed with an unhandled exception: child boom", await host.ResultOfAsync<string>("Parent", "Throws"));
        Assert.Equal(
            ("Throws", "System.ArgumentException", "System.IO.IOException"),
            (caught!.TaskName, caught.FailureDetails.ErrorType, caught.FailureDetails.InnerFailure!.ErrorType));
        Assert.True(caught.FailureDetails.IsCausedBy<ArgumentException>());
        Assert.False(caught.FailureDetails.IsCausedBy<IOException>());

        Assert.Equal(
            "Task 'Passes' (#0) failed with an unhandled exception: Task 'Act' (#0) failed with an unhandled exception: act boom",
            await host.ResultOfAsync<string>("Parent", "Passes"));
        Assert.Equal(
            (typeof(TaskFailedException).FullName, "System.FormatException"), (caught.FailureDetails.ErrorType, caught.FailureDetails.InnerFailure!.ErrorType));
    }

    [Fact]
    [Covers(Generic)]
    public async Task An_unknown_sub_orchestrator_throws_in_its_parent_and_is_named()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Parent", async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("NoSuch");
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        }));

        Assert.Contains("'NoSuch'", await host.ResultOfAsync<string>("Parent"), StringComparison.Ordinal);
    }

    [Fact]
    [Covers(Generic)]
    public async Task An_id_that_a_live_instance_has_is_refused_and_one_that_an_ended_one_has_is_taken_over()
    {
        NotOnTheJudge("It starts an orchestration under an id that is in use.");
        await using var host = await StartStandardAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Parent", async (context, child) =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Echo", "new", new SubOrchestrationOptions(instanceId: child));
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        }));
        await host.BeginAsync("Waits", instanceId: "live");
        await host.RunAsync("Echo", "old", "ended");

        Assert.Contains("'live' already exists", await host.ResultOfAsync<string>("Parent", "live"), StringComparison.Ordinal);
        Assert.Equal("new", await host.ResultOfAsync<string>("Parent", "ended"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.FindAsync("live")).RuntimeStatus);
    }

    [Fact]
    public async Task A_sub_orchestration_has_the_version_asked_for_and_not_its_parents()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Child", context => $"'{context.Version}'")
            .AddOrchestratorFunc<string>("Parent", async context =>
                $"{await context.CallSubOrchestratorAsync<string>("Child")} "
                + $"{await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "9" })}"));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions { Version = "2" }, Cancellation);

        Assert.Equal("'' '9'", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_sub_orchestration_has_its_parents_tags_and_those_of_the_call()
    {
        NotOnTheJudge("It gives tags to no sub-orchestration.");
        await using var host = await StartStandardAsync(tasks => tasks.AddOrchestratorFunc("Parent", async context =>
        {
            TaskOptions tagged = new(tags: new Dictionary<string, string> { ["step"] = "2", ["team"] = "etl" });
            await context.CallSubOrchestratorAsync("Echo", tagged.WithInstanceId("tagged"));
            await context.CallSubOrchestratorAsync("Echo", new SubOrchestrationOptions(instanceId: "plain"));
        }));
        StartOrchestrationOptions start = new() { Tags = new Dictionary<string, string> { ["team"] = "data", ["run"] = "7" } };
        await host.EndOfAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", start, Cancellation));

        Assert.Equal(["run=7", "step=2", "team=etl"], await TagsOfAsync("tagged"));
        Assert.Equal(["run=7", "team=data"], await TagsOfAsync("plain"));

        async Task<IEnumerable<string>> TagsOfAsync(string id) =>
            (await host.FindAsync(id)).Tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
    }

    [Fact]
    [Covers(Generic)]
    public async Task A_parent_ends_when_the_sub_orchestration_that_it_does_not_await_has_ended_too()
    {
        await using var host = await StartStandardAsync(tasks => tasks.AddOrchestratorFunc<string>("Leaves", context =>
        {
            _ = context.CallSubOrchestratorAsync("Waits", new SubOrchestrationOptions(instanceId: "child"));
            return "left";
        }));

        var parent = await host.BeginAsync("Leaves");
        await host.Client.WaitForInstanceStartAsync("child", Cancellation);
        await host.Client.RaiseEventAsync("child", "go", "alone", Cancellation);

        Assert.Equal("left", (await host.EndOfAsync(parent)).ReadOutputAs<string>());
        Assert.Equal("alone", (await host.FindAsync("child")).ReadOutputAs<string>());
    }
}

public sealed class SubOrchestrationTestsInSessions() : SubOrchestrationTests(HostKind.Sessions);

public sealed class SubOrchestrationTestsReplayed() : SubOrchestrationTests(HostKind.Replay);

public sealed class SubOrchestrationTestsOnTheJudge() : SubOrchestrationTests(HostKind.Judge);
