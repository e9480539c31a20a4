using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Engine;

public sealed class ExternalEventTests
{
    [Fact]
    public async Task An_event_survives_a_restart_before_it_is_waited_for()
    {
        static void Code(EngineHarness harness) => harness.Orchestrator("Two", async context =>
            $"{await context.WaitForExternalEvent<string>("first")} {await context.WaitForExternalEvent<string>("second")}");
        await using EngineHarness harness = new();
        Code(harness);
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Two", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "second", "b", EngineHarness.Cancellation);

        await harness.RestartAsync(Code);
        await harness.Client.RaiseEventAsync(id, "first", "a", EngineHarness.Cancellation);

        Assert.Equal("a b", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_new_beginning_has_a_new_input_and_an_empty_history_and_keeps_events_that_nobody_read()
    {
        await using var harness = new EngineHarness()
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Loop", async context =>
            {
                var round = context.GetInput<int>();
                await context.CallActivityAsync<int>("Same", round);
                if (round < 3)
                {
                    context.ContinueAsNew(round + 1);
                    return "not the result";
                }

                return $"{round}: {await context.WaitForExternalEvent<string>("a")} {await context.WaitForExternalEvent<string>("b")}";
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Loop", 0, EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "a", "first", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "b", "second", EngineHarness.Cancellation);

        var end = await harness.EndOfAsync(id);

        Assert.Equal("3: first second", end.ReadOutputAs<string>());
        Assert.Equal("3", end.SerializedInput);
        Assert.Single(harness.HistoryOf(id).OfType<TaskScheduled>());
    }

    [Fact]
    public async Task A_new_beginning_may_drop_what_nobody_read_and_goes_on_after_a_restart()
    {
        static void Code(EngineHarness harness) => harness.Orchestrator("Loop", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                await context.WaitForExternalEvent<string>("go");
                context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                return "old";
            }

            return await context.WaitForExternalEvent<string>("kept");
        });
        await using EngineHarness harness = new(cachedSessions: 0);
        Code(harness);
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Loop", 0, EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "kept", "dropped", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<EventRaised>().Any());
        await harness.Client.RaiseEventAsync(id, "go", null, EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<ExecutionStarted>().Any(started => started.Input == "1"));

        await harness.RestartAsync(Code);
        await harness.Client.RaiseEventAsync(id, "kept", "new", EngineHarness.Cancellation);

        Assert.Equal("new", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }
}
