using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class ExternalEventTests
{
    [Fact]
    public async Task An_event_is_given_to_the_wait_for_its_name_whatever_the_case()
    {
        await using var harness = new EngineHarness().Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Approve")).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "other", "nobody waits", EngineHarness.Cancellation);

        await harness.Client.RaiseEventAsync(id, "APPROVE", "ada", EngineHarness.Cancellation);

        Assert.Equal("ada", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_that_come_before_the_wait_are_kept_in_order()
    {
        TaskCompletionSource release = new();
        await using var harness = new EngineHarness()
            .Activity<int, int>("Hold", async number =>
            {
                await release.Task;
                return number;
            })
            .Orchestrator("Late", async context =>
            {
                await context.CallActivityAsync<int>("Hold", 1);
                return $"{await context.WaitForExternalEvent<int>("n")} {await context.WaitForExternalEvent<int>("n")} {await context.WaitForExternalEvent<string?>("s") ?? "null"}";
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Late", EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "n", 1, EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "s", null, EngineHarness.Cancellation);
        await harness.Client.RaiseEventAsync(id, "n", 2, EngineHarness.Cancellation);

        release.SetResult();

        Assert.Equal("1 2 null", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

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
    public async Task A_wait_with_a_timeout_is_cancelled_when_the_time_is_over()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness(clock)
            .Orchestrator("Wait", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("never", TimeSpan.FromMinutes(5));
                }
                catch (TaskCanceledException)
                {
                    return "timed out";
                }
            })
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);

        Assert.Equal("timed out", (await harness.EndOfAsync(id, clock, TimeSpan.FromMinutes(1))).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_ends_with_an_event_that_comes_in_time_and_the_timer_does_not_delay_the_end()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("soon", TimeSpan.FromDays(1)))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Wait", EngineHarness.Cancellation);

        await harness.Client.RaiseEventAsync(id, "soon", "here", EngineHarness.Cancellation);

        Assert.Equal("here", (await harness.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestration_sends_events_to_another()
    {
        await using var harness = new EngineHarness()
            .Orchestrator("Receiver", context => context.WaitForExternalEvent<string>("greeting"))
            .Orchestrator("Sender", context =>
            {
                context.SendEvent("receiver", "greeting", $"hello from {context.InstanceId}");
                context.SendEvent("nobody", "greeting", "lost");
                return Task.FromResult(1);
            })
            .Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", new StartOrchestrationOptions("receiver"), EngineHarness.Cancellation);

        await harness.RunAsync("Sender", instanceId: "sender");

        Assert.Equal("hello from sender", (await harness.EndOfAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_for_an_unknown_or_ended_instance_is_refused()
    {
        await using var harness = new EngineHarness().Orchestrator("Ends", _ => Task.FromResult(1)).Start();
        await harness.RunAsync("Ends", instanceId: "ended");

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => harness.Client.RaiseEventAsync("nope", "e", null, EngineHarness.Cancellation));
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.Client.RaiseEventAsync("ended", "e", null, EngineHarness.Cancellation));

        Assert.StartsWith("No instance with ID 'nope' was found.", unknown.Message, StringComparison.Ordinal);
        Assert.Equal("The orchestration instance with the provided instance id is not running.", ended.Message);
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
