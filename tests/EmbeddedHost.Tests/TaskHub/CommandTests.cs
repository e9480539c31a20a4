using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

public sealed class CommandTests
{
    private const string Unknown = "No instance with ID 'nope' was found. (Parameter 'instanceId')";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RaiseEvent_WaitingInstance_GetsIt()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "i", OrchestrationRuntimeStatus.Running);

        await hub.Client.RaiseEventAsync("i", "Go", new { Ok = true }, Cancellation);

        Assert.Equal("{\"Ok\":true}", (await hub.Client.WaitForInstanceCompletionAsync("i", true, Cancellation)).SerializedOutput);
    }

    [Fact]
    public async Task RaiseEvent_NobodyThere_IsRefused()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "ended", OrchestrationRuntimeStatus.Completed);

        await TaskHubHost.RefusedAsync(StatusCode.NotFound, Unknown, () => hub.Client.RaiseEventAsync("nope", "Go", null, Cancellation));
        await TaskHubHost.RefusedAsync(
            StatusCode.FailedPrecondition,
            "The orchestration instance with the provided instance id is not running.",
            () => hub.Client.RaiseEventAsync("ended", "Go", null, Cancellation));
        await TaskHubHost.RefusedAsync(
            StatusCode.InvalidArgument,
            "The event for the instance ended has no name.",
            async () => await hub.Raw.RaiseEventAsync(new P.RaiseEventRequest { InstanceId = "ended" }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Terminate_LiveInstance_EndsWithTheGivenOutput()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "i", OrchestrationRuntimeStatus.Running);

        await hub.Client.TerminateInstanceAsync("i", "enough", Cancellation);

        Assert.Equal("\"enough\"", (await hub.UntilAsync("i", OrchestrationRuntimeStatus.Terminated)).SerializedOutput);
    }

    [Fact]
    public async Task Terminate_NotLive_IsRefused()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "te3", OrchestrationRuntimeStatus.Completed);

        await TaskHubHost.RefusedAsync(StatusCode.NotFound, "ArgumentException: " + Unknown, () => hub.Client.TerminateInstanceAsync("nope", Cancellation));
        await TaskHubHost.RefusedAsync(
            StatusCode.FailedPrecondition,
            "InvalidOperationException: Cannot terminate the orchestration instance te3 because instance is in the Completed state.",
            () => hub.Client.TerminateInstanceAsync("te3", Cancellation));
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Terminate_Parent_TakesItsChildrenIfAsked(bool recursive, OrchestrationRuntimeStatus child)
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Parent", "p", OrchestrationRuntimeStatus.Running);
        await hub.UntilAsync("p:child", OrchestrationRuntimeStatus.Running);

        await hub.Client.TerminateInstanceAsync("p", new TerminateInstanceOptions("stop", recursive), Cancellation);

        await hub.UntilAsync("p", OrchestrationRuntimeStatus.Terminated);
        await hub.UntilAsync("p:child", child);
    }

    [Fact]
    public async Task SuspendAndResume_LiveInstance_HoldAndRelease()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "su1", OrchestrationRuntimeStatus.Running);

        await hub.Client.SuspendInstanceAsync("su1", "wait", Cancellation);
        await hub.UntilAsync("su1", OrchestrationRuntimeStatus.Suspended);
        await TaskHubHost.RefusedAsync(
            StatusCode.FailedPrecondition,
            "InvalidOperationException: Cannot suspend the orchestration instance su1 because instance is in the Suspended state.",
            () => hub.Client.SuspendInstanceAsync("su1", null, Cancellation));

        await hub.Client.ResumeInstanceAsync("su1", "go on", Cancellation);
        await hub.UntilAsync("su1", OrchestrationRuntimeStatus.Running);
        await TaskHubHost.RefusedAsync(
            StatusCode.FailedPrecondition,
            "InvalidOperationException: Cannot resume the orchestration instance su1 because instance is in the Running state.",
            () => hub.Client.ResumeInstanceAsync("su1", null, Cancellation));
    }

    [Fact]
    public async Task SuspendAndResume_UnknownInstance_AreNotFound()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await TaskHubHost.RefusedAsync(StatusCode.NotFound, "ArgumentException: " + Unknown, () => hub.Client.SuspendInstanceAsync("nope", null, Cancellation));
        await TaskHubHost.RefusedAsync(StatusCode.NotFound, "ArgumentException: " + Unknown, () => hub.Client.ResumeInstanceAsync("nope", null, Cancellation));
    }

    [Fact]
    public async Task Rewind_OnlyAFailedInstance_IsTaken()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Fail", "bad", OrchestrationRuntimeStatus.Failed);
        await hub.StartInstanceAsync("Echo", "good", OrchestrationRuntimeStatus.Completed);

        await hub.Client.RewindInstanceAsync("bad", "try again", Cancellation);

        await hub.UntilAsync("bad", OrchestrationRuntimeStatus.Failed);
        ExecutionRewoundEvent rewound = Assert.Single((await hub.Client.GetOrchestrationHistoryAsync("bad", Cancellation)).OfType<ExecutionRewoundEvent>());
        Assert.Equal(-1, rewound.EventId);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RewindInstanceAsync("good", "", Cancellation));
        Assert.Equal("The rewind operation is only supported on failed orchestration instances.", refusal.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RewindInstanceAsync("nope", "", Cancellation));
    }

    [Fact]
    public async Task Purge_OneInstance_TakesItOnlyIfItHasEnded()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "ended", OrchestrationRuntimeStatus.Completed);
        await hub.StartInstanceAsync("Wait", "pu1", OrchestrationRuntimeStatus.Running);

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("ended", cancellation: Cancellation)).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("ended", cancellation: Cancellation)).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync("ended", Cancellation));
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            hub.Client.PurgeInstanceAsync("pu1", cancellation: Cancellation));
        Assert.Equal("Only orchestrations in a terminal state can be purged, but the orchestration with instance ID pu1 has status Running", refusal.Message);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Purge_Parent_TakesItsEndedChildrenIfAsked(bool recursive, int purged)
    {
        await using var hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Parent", "p", OrchestrationRuntimeStatus.Running);
        await hub.UntilAsync("p:child", OrchestrationRuntimeStatus.Running);
        await hub.Client.RaiseEventAsync("p:child", "Go", "done", Cancellation);
        await hub.UntilAsync("p", OrchestrationRuntimeStatus.Completed);

        var result = await hub.Client.PurgeInstanceAsync("p", new PurgeInstanceOptions(recursive), Cancellation);

        Assert.Equal((purged, true), (result.PurgedInstanceCount, result.IsComplete));
    }

    [Fact]
    public async Task Purge_Filter_NeverTakesLiveInstances()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "live", OrchestrationRuntimeStatus.Running);
        await hub.StartInstanceAsync("Echo", "ended", OrchestrationRuntimeStatus.Completed);
        await hub.StartInstanceAsync("Fail", "failed", OrchestrationRuntimeStatus.Failed);

        Assert.Equal(0, await PurgeAsync(OrchestrationRuntimeStatus.Running));
        Assert.Equal(1, await PurgeAsync(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed));
        Assert.Equal(1, await PurgeAsync());
        Assert.NotNull(await hub.Client.GetInstanceAsync("live", Cancellation));

        async Task<int> PurgeAsync(params OrchestrationRuntimeStatus[] statuses)
        {
            PurgeInstancesFilter filter = new(DateTimeOffset.UnixEpoch, null, statuses);
            return (await hub.Client.PurgeAllInstancesAsync(filter, cancellation: Cancellation)).PurgedInstanceCount;
        }
    }

    [Fact]
    public async Task Purge_Batch_TakesEachThatIsThere()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "a", OrchestrationRuntimeStatus.Completed);

        P.PurgeInstancesResponse purged = await hub.Raw.PurgeInstancesAsync(
            new P.PurgeInstancesRequest { InstanceBatch = new() { InstanceIds = { "a", "nope" } } }, cancellationToken: Cancellation);

        Assert.Equal((1, true), (purged.DeletedInstanceCount, purged.IsComplete));
        await TaskHubHost.RefusedAsync(
            StatusCode.InvalidArgument,
            "A purge must name an instance, a filter or a batch of instances; this one names None.",
            async () => await hub.Raw.PurgeInstancesAsync(new P.PurgeInstancesRequest(), cancellationToken: Cancellation));
    }
}
