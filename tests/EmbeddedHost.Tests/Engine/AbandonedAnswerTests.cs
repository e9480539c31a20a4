using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

public sealed class AbandonedAnswerTests
{
    [Fact]
    public async Task The_answer_of_a_sub_orchestration_to_a_parent_that_has_begun_anew_is_not_kept()
    {
        TaskCompletionSource childMayEnd = new();
        await using var harness = new EngineHarness()
            .Activity<string, string>("Hold", async text =>
            {
                await childMayEnd.Task;
                return text;
            })
            .Orchestrator("Child", context => context.CallActivityAsync<string>("Hold", "late"))
            .Orchestrator("Parent", async context =>
            {
                if (context.GetInput<int>() == 1)
                {
                    return await context.WaitForExternalEvent<string>("end");
                }

                var child = context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                await Task.WhenAny(child, context.WaitForExternalEvent<string>("go"));
                context.ContinueAsNew(1);
                return "anew";
            })
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", 0, new StartOrchestrationOptions("parent"), EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync("parent", "go", "now", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync("parent", history => history.OfType<ExecutionStarted>().Any(started => started.Input == "1"));

        childMayEnd.SetResult();
        await harness.EndOfAsync("child");

        Assert.Empty(harness.Store.ReadMessages());
        await harness.Client.RaiseEventAsync("parent", "end", "over", EngineHarness.Cancellation);
        Assert.Equal("over", (await harness.EndOfAsync("parent")).ReadOutputAs<string>());
    }
}
