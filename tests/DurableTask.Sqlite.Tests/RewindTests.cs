using DurableTask.Core;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Tests;

public sealed class RewindTests
{
    private volatile bool _works;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_instance_goes_on_from_where_it_failed(bool extendedSessions)
    {
        var firsts = 0;
        await using var hub = new Hub { ExtendedSessions = extendedSessions };
        await hub
            .Activity("First", input => Interlocked.Increment(ref firsts))
            .Activity("Second", input => _works ? 7 : throw new InvalidOperationException("not yet"))
            .Orchestration("Run", async (context, _) => await context.CallAsync<int>("First") + await context.CallAsync<int>("Second"))
            .StartAsync();
        var failed = await hub.RunAsync("Run", id: "x");

        _works = true;
        await hub.Service.RewindTaskOrchestrationAsync("x", "mended");
        var end = await hub.EndOfAsync("x");

        Assert.Equal(OrchestrationStatus.Failed, failed.OrchestrationStatus);
        Assert.Equal((OrchestrationStatus.Completed, "8", 1), (end.OrchestrationStatus, end.Output, firsts));
        Assert.Null(end.FailureDetails);
        Assert.Equal("mended", Assert.Single((await hub.HistoryOfAsync("x")).OfType<ExecutionRewoundEvent>()).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_sub_orchestrations_are_rewound_too(bool reopens)
    {
        var children = 0;
        await using var hub = new Hub();
        await hub
            .Activity("Flaky", input => _works ? 7 : throw new InvalidOperationException("not yet"))
            .Orchestration("Grandchild", async (context, _) => await context.CallAsync<int>("Flaky"))
            .Orchestration("Child", async (context, _) =>
            {
                Interlocked.Increment(ref children);
                return 1 + await context.Core.CreateSubOrchestrationInstance<int>("Grandchild", "", "x:1:1", null);
            })
            .Orchestration("Good", (_, _) => Task.FromResult<object?>(100))
            .Orchestration("Parent", async (context, _) => (await Task.WhenAll(
                context.Core.CreateSubOrchestrationInstance<int>("Child", "", "x:1", null),
                context.Core.CreateSubOrchestrationInstance<int>("Good", "", "x:2", null))).Sum())
            .StartAsync();
        await hub.RunAsync("Parent", id: "x");
        var good = await hub.StateOfAsync("x:2");

        _works = true;
        await hub.StopWorkerAsync();
        await hub.Service.RewindTaskOrchestrationAsync("x", "mended");
        if (reopens)
        {
            await hub.ReopenAsync();
        }

        var rewound = await hub.StateOfAsync("x");
        await hub.StartAsync();
        var end = await hub.EndOfAsync("x");

        Assert.Equal(OrchestrationStatus.Running, rewound.OrchestrationStatus);
        Assert.Equal((OrchestrationStatus.Completed, "108"), (end.OrchestrationStatus, end.Output));
        Assert.Equal(end.OrchestrationInstance.ExecutionId, (await hub.StateOfAsync("x:1")).ParentInstance.OrchestrationInstance.ExecutionId);
        Assert.Equal(good.OrchestrationInstance.ExecutionId, (await hub.StateOfAsync("x:2")).OrchestrationInstance.ExecutionId);
    }

    [Fact]
    public async Task A_rewound_instance_hears_of_a_sub_orchestration_that_was_purged()
    {
        await using var hub = new Hub();
        await hub
            .Orchestration("Child", (_, _) => throw new InvalidOperationException("child fails"))
            .Orchestration("Parent", async (context, _) => await context.Core.CreateSubOrchestrationInstance<int>("Child", "", "child", null))
            .StartAsync();
        await hub.RunAsync("Parent", id: "x");

        await hub.Service.PurgeInstanceStateAsync("child");
        await hub.Service.RewindTaskOrchestrationAsync("x", "again");

        Assert.Contains(
            "The sub-orchestration 'child' cannot be rewound: it was removed.",
            (await hub.EndOfAsync("x")).FailureDetails.ErrorMessage,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_after_a_rewind_wait_until_it_is_done()
    {
        await using var hub = new Hub();
        await hub
            .Activity("Flaky", input => _works ? 7 : throw new InvalidOperationException("not yet"))
            .Orchestration("Run", async (context, _) => await context.CallAsync<int>("Flaky") + await context.EventAsync<int>("add"))
            .StartAsync();
        await hub.RunAsync("Run", id: "x");
        await hub.StopWorkerAsync();

        _works = true;
        await hub.Service.RewindTaskOrchestrationAsync("x", "mended");
        await hub.RaiseAsync("x", "add", 5);
        await hub.StartAsync();

        Assert.Equal("12", (await hub.EndOfAsync("x")).Output);
    }

    [Fact]
    public async Task Only_a_failed_instance_can_be_rewound()
    {
        await using var hub = new Hub();
        await hub
            .Orchestration("Ends", (_, _) => Task.FromResult<object?>(1))
            .Orchestration("Waits", async (context, _) => await context.EventAsync<int>("go"))
            .StartAsync();
        await hub.RunAsync("Ends", id: "ended");
        await hub.CreateAsync("Waits", id: "live");

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => hub.Service.RewindTaskOrchestrationAsync("nobody", "r"));
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Service.RewindTaskOrchestrationAsync("ended", "r"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Service.RewindTaskOrchestrationAsync("live", "r"));

        Assert.Contains("'nobody'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("'ended' is Completed; only a Failed one can be rewound.", ended.Message, StringComparison.Ordinal);
    }
}
