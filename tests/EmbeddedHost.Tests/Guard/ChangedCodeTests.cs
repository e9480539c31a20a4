using EmbeddedHost.Engine.History;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Code that, replayed, asks for other work than recorded fails its instance once, and says what and where.</summary>
public sealed class ChangedCodeTests
{
    private static readonly Dictionary<string, Change> s_changes = new(StringComparer.Ordinal)
    {
        ["a timer before the activity"] = new(
            context => context.CallActivityAsync<string>("Hold", "x"),
            async context =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                return await context.CallActivityAsync<string>("Hold", "x");
            },
            "recorded the activity 'Hold' (#0), but the code, replayed, asked for a timer (#0)."),
        ["a sub-orchestration instead of the activity"] = new(
            context => context.CallActivityAsync<string>("Hold", "x"),
            context => context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "c")),
            "recorded the activity 'Hold' (#0), but the code, replayed, asked for the sub-orchestration 'Child' (#0, instance 'c')."),
        ["two activities in the other order"] = new(
            async context => (await Task.WhenAll(context.CallActivityAsync<string>("Hold", "x"), context.CallActivityAsync<string>("Other", "y")))[0],
            async context => (await Task.WhenAll(context.CallActivityAsync<string>("Other", "y"), context.CallActivityAsync<string>("Hold", "x")))[0],
            "recorded the activity 'Hold' (#0), but the code, replayed, asked for the activity 'Other' (#0)."),
        ["an event to another instance"] = new(
            context =>
            {
                context.SendEvent("a", "Note", 1);
                return context.CallActivityAsync<string>("Hold", "x");
            },
            context =>
            {
                context.SendEvent("b", "Note", 1);
                return context.CallActivityAsync<string>("Hold", "x");
            },
            "recorded the event 'Note' to 'a' (#0), but the code, replayed, asked for the event 'Note' to 'b' (#0)."),
        ["a further activity"] = new(
            context => context.CallActivityAsync<string>("Hold", "x"),
            async context => (await Task.WhenAll(context.CallActivityAsync<string>("Hold", "x"), context.CallActivityAsync<string>("Other", "y")))[0],
            "recorded no further request, but the code, replayed, asked for the activity 'Other' (#1)."),
        ["no request any more"] = new(
            context => context.CallActivityAsync<string>("Hold", "x"),
            _ => Task.FromResult("nothing"),
            "recorded the activity 'Hold' (#0), but the code, replayed, asked for nothing more."),
    };

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_fails_the_instance_once_and_names_both_requests_and_their_place(string change)
    {
        var (before, after, message) = s_changes[change];
        TaskCompletionSource reached = new();
        TaskCompletionSource never = new();
        await using EngineHarness harness = new();
        harness
            .Activity<string, string>("Hold", async text =>
            {
                reached.TrySetResult();
                await never.Task;
                return text;
            })
            .Activity<string, string>("Other", text => text)
            .Orchestrator("Changed", before)
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Changed", new StartOrchestrationOptions("changed-1"), EngineHarness.Cancellation);
        await reached.Task.WaitAsync(EngineHarness.Cancellation);
        await harness.KillAsync();

        var runs = 0;
        void Code(EngineHarness restarted) => restarted
            .Activity<string, string>("Hold", text => text)
            .Activity<string, string>("Other", text => text)
            .Orchestrator("Child", _ => Task.FromResult("child"))
            .Orchestrator("Changed", context =>
            {
                Interlocked.Increment(ref runs);
                return after(context);
            });
        await harness.RestartAsync(Code);
        var end = await harness.EndOfAsync(id);
        var runsBefore = Volatile.Read(ref runs);
        await harness.RestartAsync(Code);
        var child = await harness.RunAsync("Child");
        var again = await harness.Client.GetInstanceAsync(id, EngineHarness.Cancellation);

        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", end.FailureDetails?.ErrorType);
        Assert.StartsWith("Non-Deterministic workflow detected: step 1 of orchestration 'Changed' (instance 'changed-1') " + message, end.FailureDetails?.ErrorMessage);
        Assert.Contains("Was the orchestrator's code changed", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("child", child.ReadOutputAs<string>());
        Assert.Equal((OrchestrationRuntimeStatus.Failed, runsBefore), (again?.RuntimeStatus, runs));
        Assert.Single(harness.HistoryOf(id).OfType<ExecutionCompleted>());
    }

    private sealed record Change(Func<TaskOrchestrationContext, Task<string>> Before, Func<TaskOrchestrationContext, Task<string>> After, string Message);
}
