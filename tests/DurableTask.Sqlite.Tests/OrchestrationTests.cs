using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Tests;

public sealed class OrchestrationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activities_one_after_another_and_side_by_side_give_their_results(bool extendedSessions)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions }.Activity("Double", input => 2 * (int)input!);
        await hub.Orchestration("Sum", async (context, _) =>
        {
            var first = await context.CallAsync<int>("Double", 1);
            var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallAsync<int>("Double", number)));
            return first + others.Sum();
        }).StartAsync();

        var end = await hub.RunAsync("Sum", id: "sum");

        Assert.Equal(OrchestrationStatus.Completed, end.OrchestrationStatus);
        Assert.Equal((2 + (49 * 50)).ToString(), end.Output);
        Assert.Equal(51, (await hub.HistoryOfAsync("sum")).OfType<TaskCompletedEvent>().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_activitys_failure_reaches_the_orchestration_and_its_state(bool extendedSessions)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions }.Activity(
            "Fails", object? (_) => throw new InvalidOperationException("no", new IOException("deep")));
        await hub.Orchestration("Catches", async (context, _) =>
        {
            try
            {
                return await context.CallAsync<int>("Fails");
            }
            catch (TaskFailedException exception)
            {
                return exception.FailureDetails!.InnerFailure!.ErrorMessage;
            }
        }).Orchestration("Falls", async (context, _) => await context.CallAsync<int>("Fails")).StartAsync();

        var caught = await hub.RunAsync("Catches");
        var fallen = await hub.RunAsync("Falls");

        Assert.Equal("\"deep\"", caught.Output);
        Assert.Equal(OrchestrationStatus.Failed, fallen.OrchestrationStatus);
        Assert.Equal(
            ("System.InvalidOperationException", "no", "deep"),
            (fallen.FailureDetails.ErrorType, fallen.FailureDetails.ErrorMessage, fallen.FailureDetails.InnerFailure!.ErrorMessage));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sub_orchestrations_know_their_parent_and_keep_version_and_tags(bool extendedSessions)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions };
        await hub
            .Orchestration("Child", (_, input) => Task.FromResult<object?>("child of " + input), version: "2.0")
            .Orchestration("Fails", (_, _) => throw new InvalidOperationException("child fails"))
            .Orchestration("Parent", async (context, _) =>
            {
                var result = await context.Core.CreateSubOrchestrationInstance<string>("Child", "2.0", "child-1", 5);
                try
                {
                    await context.Core.CreateSubOrchestrationInstance<string>("Fails", "", "child-2", 5);
                }
                catch (SubOrchestrationFailedException exception)
                {
                    return result + ", " + exception.FailureDetails!.ErrorMessage;
                }

                return "";
            })
            .StartAsync();
        await hub.Client.CreateOrchestrationInstanceAsync("Parent", "", "parent", null, new Dictionary<string, string> { ["tag"] = "value" });

        var end = await hub.EndOfAsync("parent");
        var child = await hub.StateOfAsync("child-1");

        Assert.Equal("\"child of 5, child fails\"", end.Output);
        Assert.Equal("value", end.Tags["tag"]);
        Assert.Equal(("Child", "2.0", "5", "value"), (child.Name, child.Version, child.Input, child.Tags["tag"]));
        Assert.Equal(
            ("parent", end.OrchestrationInstance.ExecutionId, "Parent"),
            (child.ParentInstance.OrchestrationInstance.InstanceId, child.ParentInstance.OrchestrationInstance.ExecutionId, child.ParentInstance.Name));
        Assert.Equal(OrchestrationStatus.Failed, (await hub.StateOfAsync("child-2")).OrchestrationStatus);
    }

    [Fact]
    public async Task A_sub_orchestration_takes_the_place_of_an_ended_one_and_fails_on_a_live_one()
    {
        await using var hub = new Hub();
        await hub
            .Orchestration("Child", (_, input) => Task.FromResult<object?>(input))
            .Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go"))
            .Orchestration("Parent", async (context, input) =>
            {
                try
                {
                    return await context.Core.CreateSubOrchestrationInstance<string>("Child", "", input.Trim('"'), 7);
                }
                catch (SubOrchestrationFailedException exception)
                {
                    return exception.FailureDetails!.ErrorMessage;
                }
            })
            .StartAsync();
        await hub.RunAsync("Child", 1, "ended");
        await hub.CreateAsync("Waits", id: "live");
        await hub.UntilStatusAsync("live", OrchestrationStatus.Running);

        var replaced = await hub.RunAsync("Parent", "ended");
        var refused = await hub.RunAsync("Parent", "live");

        Assert.Equal("\"7\"", replaced.Output);
        Assert.Contains("An instance with the id 'live' already exists, and is Running.", refused.Output, StringComparison.Ordinal);
        Assert.Equal(OrchestrationStatus.Running, (await hub.StateOfAsync("live")).OrchestrationStatus);
    }

    [Fact]
    public async Task Input_output_and_custom_status_are_kept_as_they_are()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(number => (char)('a' + (number % 26)))) + " \u00e4\u2028\U0001F3B5\0";
        await using var hub = new Hub();
        await hub.Orchestration("Echo", (context, input) =>
        {
            context.Status = "status of " + input.Length;
            return Task.FromResult<object?>(Newtonsoft.Json.JsonConvert.DeserializeObject<string>(input));
        }).StartAsync();

        var end = await hub.RunAsync("Echo", text);

        Assert.Equal(text, Hub.Output<string>(end));
        Assert.Equal(end.Input, end.Output);
        Assert.Equal("status of " + end.Input.Length, end.Status);
    }

    [Theory]
    [InlineData(true, "[false,false,false]")]
    [InlineData(false, "[true,true,false]")]
    public async Task An_orchestration_knows_when_it_is_replayed(bool extendedSessions, string expected)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions }.Activity("Same", input => input);
        await hub.Orchestration("Replays", async (context, _) =>
        {
            List<bool> replaying = [context.Core.IsReplaying];
            await context.CallAsync<int>("Same", 1);
            replaying.Add(context.Core.IsReplaying);
            await context.CallAsync<int>("Same", 1);
            replaying.Add(context.Core.IsReplaying);
            return replaying;
        }).StartAsync();

        Assert.Equal(expected, (await hub.RunAsync("Replays")).Output);
    }
}
