using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Orchestrations that begin anew.</summary>
public abstract class ContinueAsNewTests(HostKind kind) : ContractTests(kind)
{
    private const string Plain = "context.ContinueAsNew(object, bool)";
    private const string WithOptions = "context.ContinueAsNew(ContinueAsNewOptions)";

    [Fact]
    [Covers(Plain)]
    public async Task A_new_beginning_has_a_new_input_and_a_history_of_its_own_and_what_the_old_one_returned_does_not_count()
    {
        NotOnTheJudge("It tells no histories.");
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Same", (_, number) => number)
            .AddOrchestratorFunc<int, string>("Loop", async (context, round) =>
            {
                await context.CallActivityAsync<int>("Same", round);
                if (round < 3)
                {
                    context.SetCustomStatus($"round {round}");
                    context.ContinueAsNew(round + 1);
                    return "not the result";
                }

                return $"round {round} of {context.InstanceId}";
            }));

        var end = await host.RunAsync("Loop", 0, "loop");
        var history = await host.Client.GetOrchestrationHistoryAsync("loop", Cancellation);

        Assert.Equal(("round 3 of loop", "3", null), (end.ReadOutputAs<string>(), end.SerializedInput, end.ReadCustomStatusAs<string>()));
        Assert.Single(history.OfType<TaskScheduledEvent>());
        Assert.Equal("3", Assert.Single(history.OfType<ExecutionStartedEvent>()).Input);
    }

    [Theory]
    [Covers(Plain)]
    [Covers(WithOptions)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_that_nobody_waited_for_go_along_in_order(bool byOptions)
    {
        NotOnTheJudge("It loses such events.");
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int, string>("Loop", async (context, round) =>
        {
            if (round == 0)
            {
                await context.WaitForExternalEvent<string>("go");
            }

            if (round == 2)
            {
                return $"{await context.WaitForExternalEvent<string>("e")} {await context.WaitForExternalEvent<string>("e")}";
            }

            if (byOptions)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = round + 1 });
            }
            else
            {
                context.ContinueAsNew(round + 1);
            }

            return "old";
        }));
        var id = await host.BeginAsync("Loop", 0);
        foreach (var (name, payload) in new[] { ("e", "first"), ("e", "second"), ("go", "") })
        {
            await host.Client.RaiseEventAsync(id, name, payload, Cancellation);
        }

        Assert.Equal("first second", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [Covers(Plain)]
    [Covers(WithOptions)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_that_nobody_waited_for_are_dropped_if_so_said(bool byOptions)
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int, string>("Loop", async (context, round) =>
        {
            if (round == 1)
            {
                context.SetCustomStatus("anew");
                return await context.WaitForExternalEvent<string>("e");
            }

            await context.WaitForExternalEvent<string>("go");
            if (byOptions)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 1, PreserveUnprocessedEvents = false });
            }
            else
            {
                context.ContinueAsNew(1, preserveUnprocessedEvents: false);
            }

            return "old";
        }));
        var id = await host.BeginAsync("Loop", 0);
        await host.Client.RaiseEventAsync(id, "e", "dropped", Cancellation);
        await host.Client.RaiseEventAsync(id, "go", null, Cancellation);
        await host.UntilAsync(id, instance => instance.SerializedCustomStatus == "\"anew\"");

        await host.Client.RaiseEventAsync(id, "e", "new", Cancellation);

        Assert.Equal("new", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(WithOptions)]
    public async Task A_new_beginning_may_be_of_another_version()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, string>("Loop", (context, round) =>
            {
                if (round < 2)
                {
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = round + 1, NewVersion = round == 0 ? "2" : null });
                }

                return $"{context.Version}: {round}";
            }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Loop", 0, new StartOrchestrationOptions { Version = "1" }, Cancellation);

        Assert.Equal("2: 2", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Plain)]
    public async Task A_sub_orchestration_that_begins_anew_answers_its_parent_at_its_end()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("Child", async (context, round) =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                if (round < 3)
                {
                    context.ContinueAsNew(round + 1);
                }

                return round;
            })
            .AddOrchestratorFunc<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child", 0)));

        Assert.Equal(3, await host.ResultOfAsync<int>("Parent"));
    }

    [Fact]
    [Covers(Plain)]
    public async Task Tags_stay_with_an_instance_that_begins_anew()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Loop", (context, round) =>
        {
            if (round == 0)
            {
                context.ContinueAsNew(1);
            }

            return round;
        }));
        StartOrchestrationOptions options = new() { Tags = new Dictionary<string, string> { ["team"] = "data" } };
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Loop", 0, options, Cancellation);

        var end = await host.EndOfAsync(id);

        Assert.Equal((1, "data"), (end.ReadOutputAs<int>(), end.Tags["team"]));
    }

    [Fact]
    [Covers(Plain)]
    public async Task Code_that_throws_after_asking_for_a_new_beginning_fails_and_does_not_begin_anew()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Loop", int (context, round) =>
        {
            context.ContinueAsNew(round + 1);
            throw new InvalidOperationException($"round {round}");
        }));

        var end = await host.RunAsync("Loop", 0);

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "round 0"), (end.RuntimeStatus, end.FailureDetails?.ErrorMessage));
    }
}

public sealed class ContinueAsNewTestsInSessions() : ContinueAsNewTests(HostKind.Sessions);

public sealed class ContinueAsNewTestsReplayed() : ContinueAsNewTests(HostKind.Replay);

public sealed class ContinueAsNewTestsOnTheJudge() : ContinueAsNewTests(HostKind.Judge);
