using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

public sealed class ReadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_UnknownInstance_IsNull()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        Assert.Null(await hub.Client.GetInstanceAsync("nope", Cancellation));
    }

    [Fact]
    public async Task Get_WithoutPayloads_LeavesThemOut()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Fail", "i", OrchestrationRuntimeStatus.Failed, 1);

        OrchestrationMetadata bare = (await hub.Client.GetInstanceAsync("i", getInputsAndOutputs: false, Cancellation))!;
        OrchestrationMetadata full = (await hub.Client.GetInstanceAsync("i", getInputsAndOutputs: true, Cancellation))!;

        Assert.Equal((null, null, null, null), (bare.SerializedInput, bare.SerializedOutput, bare.SerializedCustomStatus, bare.FailureDetails));
        Assert.Equal(("1", "\"busy\""), (full.SerializedInput, full.SerializedCustomStatus));
        Assert.Equal(("System.InvalidOperationException", "no luck"), (full.FailureDetails!.ErrorType, full.FailureDetails.ErrorMessage));
    }

    [Fact]
    public async Task WaitForStart_InstanceThatComesLater_IsWaitedFor()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        Task<OrchestrationMetadata> waiting = hub.Client.WaitForInstanceStartAsync("later", Cancellation);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions("later"), Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await waiting).RuntimeStatus);
    }

    [Fact]
    public async Task Wait_UnknownInstance_LastsUntilTheCallerGivesUp()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task<OrchestrationMetadata>[] waits =
            [hub.Client.WaitForInstanceStartAsync("nope", patience.Token), hub.Client.WaitForInstanceCompletionAsync("nope", patience.Token)];
        await hub.StartInstanceAsync("Echo", "other", OrchestrationRuntimeStatus.Completed);
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        await patience.CancelAsync();

        foreach (Task wait in waits)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }
    }

    [Fact]
    public async Task Wait_HostThatStops_IsCancelled()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "i", OrchestrationRuntimeStatus.Running);
        AsyncUnaryCall<P.GetInstanceResponse> call = hub.Raw.WaitForInstanceCompletionAsync(
            new P.GetInstanceRequest { InstanceId = "i" }, cancellationToken: Cancellation);
        await hub.UntilAsync("i", OrchestrationRuntimeStatus.Running);

        hub.Stop();

        await TaskHubHost.RefusedAsync(StatusCode.Cancelled, "The host is stopping.", async () => await call);
    }

    [Fact]
    public async Task Query_Pages_GiveEveryInstanceOnce()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        foreach (var id in (string[])["p1", "p2", "p3", "q1"])
        {
            await hub.StartInstanceAsync("Echo", id, OrchestrationRuntimeStatus.Completed, 1);
        }

        await hub.StartInstanceAsync("Wait", "p4", OrchestrationRuntimeStatus.Running);

        List<Page<OrchestrationMetadata>> pages = await hub.Client
            .GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "p", PageSize: 2)).AsPages()
            .ToListAsync(Cancellation);

        Assert.Equal(["p1", "p2", "p3"], pages.SelectMany(p => p.Values).Select(i => i.InstanceId).Order());
        Assert.Equal(2, pages[0].Values.Count);
        Assert.All(pages.SelectMany(p => p.Values), i => Assert.Null(i.SerializedInput));
    }

    [Fact]
    public async Task Query_OtherHubs_FindsNothing()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "i", OrchestrationRuntimeStatus.Completed, 1);

        Assert.Empty(await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(TaskHubNames: ["Other"])).ToListAsync(Cancellation));
        OrchestrationMetadata found = Assert.Single(
            await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(TaskHubNames: ["testhub"], FetchInputsAndOutputs: true)).ToListAsync(Cancellation));
        Assert.Equal("1", found.SerializedInput);
    }

    [Fact]
    public async Task ListIds_ByStatusAndTime_GivesEndedInstances()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "a", OrchestrationRuntimeStatus.Completed);
        await hub.StartInstanceAsync("Fail", "b", OrchestrationRuntimeStatus.Failed);
        await hub.StartInstanceAsync("Wait", "c", OrchestrationRuntimeStatus.Running);

        Assert.Equal(["a", "b", "c"], await ListAsync(null, null, null));
        Assert.Equal(["b"], await ListAsync([OrchestrationRuntimeStatus.Failed], null, null));
        Assert.Equal(["a", "b"], await ListAsync(null, DateTimeOffset.UnixEpoch, null));
        Assert.Empty(await ListAsync(null, null, DateTimeOffset.UnixEpoch));

        async Task<string[]> ListAsync(OrchestrationRuntimeStatus[]? statuses, DateTimeOffset? from, DateTimeOffset? to)
        {
            List<string> ids = [];
            string? last = null;
            do
            {
                Page<string> page = await hub.Client.ListInstanceIdsAsync(statuses, from, to, pageSize: 1, last, Cancellation);
                ids.AddRange(page.Values);
                last = page.ContinuationToken;
            }
            while (last is not null);

            return [.. ids.Order()];
        }
    }

    [Fact]
    public async Task History_LargerThanAMessage_ComesWholeInOrder()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Long", "i", OrchestrationRuntimeStatus.Running, 10);
        await hub.Client.RaiseEventAsync("i", "End", null, Cancellation);
        await hub.UntilAsync("i", OrchestrationRuntimeStatus.Completed);

        List<P.HistoryChunk> chunks = await hub.Raw
            .StreamInstanceHistory(new P.StreamInstanceHistoryRequest { InstanceId = "i" }, cancellationToken: Cancellation).ResponseStream
            .ReadAllAsync(Cancellation).ToListAsync(Cancellation);

        Assert.All(chunks, chunk => Assert.InRange(chunk.CalculateSize(), 1, 1024 * 1024 + 100));
        IList<HistoryEvent> history = await hub.Client.GetOrchestrationHistoryAsync("i", Cancellation);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"E{n}"), history.OfType<EventSentEvent>().Select(e => e.Name));
        Assert.IsType<OrchestratorCompletedEvent>(history[^1]);
    }

    [Fact]
    public async Task History_UnknownInstance_IsNotFound()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.GetOrchestrationHistoryAsync("nope", Cancellation));
    }
}
