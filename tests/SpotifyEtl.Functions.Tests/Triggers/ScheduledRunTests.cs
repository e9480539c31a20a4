using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Functions.Tests.Triggers;

public sealed class ScheduledRunTests
{
    private static readonly DateTime s_due = new(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_tick_starts_the_run_of_its_due_time_once_however_often_it_comes()
    {
        await using var workflow = await Workflow.StartAsync();
        var trigger = workflow.Activity<ScheduledRun>();
        TimerInfo tick = new() { ScheduleStatus = new ScheduleStatus { Next = s_due } };

        await trigger.RunAsync(tick, workflow.Client, TestContext.Current.CancellationToken);
        var first = await workflow.EndAsync("scheduled-20261122T060000Z");
        await trigger.RunAsync(tick, workflow.Client, TestContext.Current.CancellationToken);
        var again = await workflow.Client.GetInstanceAsync("scheduled-20261122T060000Z", TestContext.Current.CancellationToken);

        Assert.Equal(first.CreatedAt, again!.CreatedAt);
        Assert.Single(await workflow.Client.GetAllInstancesAsync().Where(run => run.Name == nameof(RunEtl)).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tick_without_a_due_time_is_named_after_the_nearest_second()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 22, 6, 0, 9, 999, TimeSpan.Zero));

        await workflow.Activity<ScheduledRun>().RunAsync(new TimerInfo(), workflow.Client, TestContext.Current.CancellationToken);

        Assert.NotNull(await workflow.Client.GetInstanceAsync("scheduled-20261122T060010Z", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tick_that_meets_a_live_run_does_nothing()
    {
        await using var workflow = await Workflow.StartAsync();
        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl),
            workflow.Request,
            new StartOrchestrationOptions("live", workflow.Clock.GetUtcNow().AddDays(1)),
            TestContext.Current.CancellationToken);

        await workflow.Activity<ScheduledRun>().RunAsync(
            new TimerInfo { ScheduleStatus = new ScheduleStatus { Next = s_due } }, workflow.Client, TestContext.Current.CancellationToken);

        Assert.Equal(["live"], await workflow.Client.GetAllInstancesAsync().Select(run => run.InstanceId).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Old_ended_runs_are_purged_and_others_are_not()
    {
        await using var workflow = await Workflow.StartAsync();
        await workflow.RunAsync();
        workflow.Clock.SetUtcNow(workflow.Clock.GetUtcNow().AddDays(31));
        await workflow.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunEtl), workflow.Request, new StartOrchestrationOptions("new"), TestContext.Current.CancellationToken);
        await workflow.EndAsync("new");

        await workflow.Activity<PurgeOldRuns>().RunAsync(new TimerInfo(), workflow.Client, TestContext.Current.CancellationToken);

        Assert.Equal(["new"], await workflow.Client.GetAllInstancesAsync().Select(run => run.InstanceId).ToListAsync(TestContext.Current.CancellationToken));
    }
}
