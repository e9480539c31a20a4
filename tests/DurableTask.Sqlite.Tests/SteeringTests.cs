using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

/// <summary>Terminate, suspend, resume: with a worker, and without.</summary>
public sealed class SteeringTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_running_instance_is_terminated_with_the_reason_as_output(bool extendedSessions)
    {
        await using var hub = await Create(extendedSessions).StartAsync();
        await hub.CreateAsync("Waits", id: "x");
        await hub.UntilStatusAsync("x", OrchestrationStatus.Running);

        await hub.Client.TerminateInstanceAsync(Hub.Id("x"), "enough");
        var end = await hub.EndOfAsync("x");

        Assert.Equal((OrchestrationStatus.Terminated, "enough"), (end.OrchestrationStatus, end.Output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_suspended_instance_takes_nothing_up_until_it_is_resumed(bool extendedSessions)
    {
        await using var hub = await Create(extendedSessions).StartAsync();
        await hub.CreateAsync("Waits", id: "x");
        await hub.UntilStatusAsync("x", OrchestrationStatus.Running);

        await hub.Client.SuspendInstanceAsync(Hub.Id("x"), "wait");
        await hub.UntilStatusAsync("x", OrchestrationStatus.Suspended);
        await hub.RaiseAsync("x", "go", 5);
        await Hub.UntilAsync(async () => (await hub.HistoryOfAsync("x")).OfType<EventRaisedEvent>().Any());
        var suspended = await hub.StateOfAsync("x");
        await hub.Client.ResumeInstanceAsync(Hub.Id("x"), "go on");
        var end = await hub.EndOfAsync("x");

        Assert.Equal(OrchestrationStatus.Suspended, suspended.OrchestrationStatus);
        Assert.Equal("5", end.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_instance_that_has_not_begun_ends_at_once_when_terminated(bool withWorker)
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        await using var hub = new Hub { Time = clock }.Orchestration("Never", (_, _) => throw new InvalidOperationException("begun")).Open();
        if (withWorker)
        {
            await hub.StartAsync();
        }

        await hub.Client.CreateScheduledOrchestrationInstanceAsync("Never", "", "later", 5, clock.GetUtcNow().UtcDateTime.AddHours(1));
        await hub.Client.TerminateInstanceAsync(Hub.Id("later"), "not needed");
        var end = await hub.StateOfAsync("later");
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal((OrchestrationStatus.Terminated, "not needed", "5"), (end.OrchestrationStatus, end.Output, end.Input));
        Assert.Equal(
            [
                EventType.OrchestratorStarted,
                EventType.ExecutionStarted,
                EventType.ExecutionTerminated,
                EventType.ExecutionCompleted,
                EventType.OrchestratorCompleted,
            ],
            (await hub.HistoryOfAsync("later")).Select(historyEvent => historyEvent.EventType));
        Assert.Equal(OrchestrationStatus.Terminated, (await hub.StateOfAsync("later")).OrchestrationStatus);
    }

    [Fact]
    public async Task An_instance_terminated_in_its_first_episode_stays_ended_and_that_episode_has_no_effect()
    {
        var runs = 0;
        using SemaphoreSlim begun = new(0);
        using ManualResetEventSlim release = new();
        RecordedLog log = new();
        await using var hub = new Hub { Log = log.Factory }.Activity("Runs", _ => Interlocked.Increment(ref runs));
        await hub.Orchestration("Slow", (context, _) =>
        {
            begun.Release();
            release.Wait(CancellationToken.None);
            return Task.FromResult<object?>(context.CallAsync<int>("Runs").IsCompleted);
        }).Orchestration("Quick", async (context, _) => await context.CallAsync<int>("Runs")).StartAsync();
        await hub.CreateAsync("Slow", id: "x");
        await begun.WaitAsync(Hub.Cancellation);

        await hub.Client.TerminateInstanceAsync(Hub.Id("x"), "at once");
        var end = await hub.EndOfAsync("x");
        release.Set();
        await Hub.UntilAsync(() => log.Lines.Any(line => line.StartsWith("A checkpoint of x discarded", StringComparison.Ordinal)));
        var quick = await hub.RunAsync("Quick");

        Assert.Equal((OrchestrationStatus.Terminated, "at once"), (end.OrchestrationStatus, end.Output));
        Assert.Equal(OrchestrationStatus.Terminated, (await hub.StateOfAsync("x")).OrchestrationStatus);
        Assert.Equal(("1", 1), (quick.Output, runs));
    }

    [Fact]
    public async Task Without_a_worker_a_sub_orchestration_is_terminated_and_its_parent_hears_of_it_from_the_next()
    {
        await using var hub = Create();
        await hub.Orchestration("Parent", async (context, _) =>
        {
            try
            {
                return await context.Core.CreateSubOrchestrationInstance<int>("Waits", "", "child", null);
            }
            catch (SubOrchestrationFailedException exception)
            {
                return "heard: " + exception.Message;
            }
        }).StartAsync();
        await hub.CreateAsync("Parent", id: "parent");
        await hub.UntilStatusAsync("child", OrchestrationStatus.Running);
        await hub.StopWorkerAsync();

        await hub.Client.TerminateInstanceAsync(Hub.Id("child"), "enough");
        var child = await hub.StateOfAsync("child");
        await hub.StartAsync();
        var parent = await hub.EndOfAsync("parent");

        Assert.Equal((OrchestrationStatus.Terminated, "enough"), (child.OrchestrationStatus, child.Output));
        Assert.StartsWith("\"heard: ", parent.Output);
    }

    [Fact]
    public async Task Without_a_worker_suspend_and_resume_are_left_for_the_next()
    {
        await using var hub = await Create().StartAsync();
        await hub.CreateAsync("Waits", id: "x");
        await hub.UntilStatusAsync("x", OrchestrationStatus.Running);
        await hub.StopWorkerAsync();

        await hub.Client.SuspendInstanceAsync(Hub.Id("x"));
        await (await hub.ReopenAsync()).StartAsync();
        await hub.UntilStatusAsync("x", OrchestrationStatus.Suspended);
        await hub.Client.ResumeInstanceAsync(Hub.Id("x"));
        await hub.UntilStatusAsync("x", OrchestrationStatus.Running);
    }

    [Fact]
    public async Task What_is_sent_to_nobody_or_to_an_ended_instance_is_discarded()
    {
        RecordedLog log = new();
        await using var hub = new Hub { Log = log.Factory };
        await hub.Orchestration("Ends", (_, _) => Task.FromResult<object?>(1)).StartAsync();
        await hub.RunAsync("Ends", id: "ended");

        await hub.RaiseAsync("ended", "e", 1);
        await hub.RaiseAsync("nobody", "e", 1);
        await hub.Client.TerminateInstanceAsync(Hub.Id("nobody"), "x");
        await hub.Client.TerminateInstanceAsync(Hub.Id("ended"), "x");

        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateOfAsync("ended")).OrchestrationStatus);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("nobody"));
        Assert.Contains("EventRaised for ended discarded: the instance is Completed", log.Lines);
        Assert.Contains("EventRaised for nobody discarded: there is no such instance", log.Lines);
    }

    private static Hub Create(bool extendedSessions = true) =>
        new Hub { ExtendedSessions = extendedSessions }.Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go"));
}
