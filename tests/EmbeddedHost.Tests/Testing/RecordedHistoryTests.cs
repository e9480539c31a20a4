using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Testing;

public sealed class RecordedHistoryTests
{
    [Fact]
    public async Task A_recorded_history_is_replayed_by_the_code_that_made_it()
    {
        var recorded = RecordedHistory.Parse(await RecordAsync());

        Assert.Equal("\"1 2 child\"", recorded.Replay(async context => await OriginalAsync(context)));
    }

    [Fact]
    public async Task A_recorded_history_refuses_code_that_asks_for_something_else()
    {
        var recorded = RecordedHistory.Parse(await RecordAsync());

        var refusal = Assert.Throws<InvalidOperationException>(() => recorded.Replay(async context =>
        {
            await context.CallActivityAsync<int>("Count", 1);
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return "other";
        }));

        Assert.Contains("step 2 of orchestration 'Original' (instance 'recorded') recorded the activity 'Count' (#1)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("asked for a timer (#1)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_history_refuses_code_that_ends_with_something_else()
    {
        var recorded = RecordedHistory.Parse(await RecordAsync());

        var refusal = Assert.Throws<InvalidOperationException>(() => recorded.Replay(async context => await OriginalAsync(context) + "!"));

        Assert.Contains("ended with the result \"1 2 child!\"", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RecordAsync()
    {
        await using EngineHarness harness = new();
        harness
            .Activity<int, int>("Count", number => number)
            .Orchestrator("Child", _ => Task.FromResult("child"))
            .Orchestrator("Original", OriginalAsync)
            .Start();
        await harness.RunAsync("Original", instanceId: "recorded");
        return harness.Record("recorded").ToJson();
    }

    private static async Task<string> OriginalAsync(TaskOrchestrationContext context)
    {
        var first = await context.CallActivityAsync<int>("Count", 1);
        var second = await context.CallActivityAsync<int>("Count", 2);
        return $"{first} {second} {await context.CallSubOrchestratorAsync<string>("Child")}";
    }
}
