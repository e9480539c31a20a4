using System.Diagnostics;
using DurableTask.Core.Exceptions;
using EmbeddedHost.TaskHub;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

public sealed class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NewInstance_RunsWithItsInput()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", new { A = 1 }, Cancellation);
        OrchestrationMetadata ended = await hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(("Echo", OrchestrationRuntimeStatus.Completed), (ended.Name, ended.RuntimeStatus));
        Assert.Equal(("{\"A\":1}", "{\"A\":1}"), (ended.SerializedInput, ended.SerializedOutput));
    }

    [Fact]
    public async Task Start_WithoutId_GeneratesOne()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        P.CreateInstanceResponse started = await hub.Raw.StartInstanceAsync(new P.CreateInstanceRequest { Name = "Echo" }, cancellationToken: Cancellation);

        Assert.Matches("^[0-9a-f]{32}$", started.InstanceId);
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a#b?c\\d%e&f|g'h")]
    [InlineData("a/b")]
    [InlineData("tab\tand blank")]
    [InlineData("Ünï😀")]
    public async Task Start_OddId_Runs(string id)
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await hub.StartInstanceAsync("Echo", id, OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Start_LongId_Runs()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await hub.StartInstanceAsync("Echo", new string('x', 400), OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Start_WhatNoInstanceMayBe_IsAnInvalidArgument()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", null, new StartOrchestrationOptions("@x@y"), Cancellation));
        await InvalidAsync(new() { Name = "Echo", InstanceId = "@x@y" }, "reserved for entities");
        await InvalidAsync(new() { InstanceId = "i" }, "names no orchestrator");
        await InvalidAsync(new() { Name = "Echo", InstanceId = "i", Tags = { ["MS_DurableFunctions_SourceInstanceId"] = "j" } }, "reserved for internal use");

        async Task InvalidAsync(P.CreateInstanceRequest request, string reason)
        {
            RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () =>
                await hub.Raw.StartInstanceAsync(request, cancellationToken: Cancellation));
            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
            Assert.StartsWith(
                $"Invalid argument for start instance request for instance ID {request.InstanceId}: ", refusal.Status.Detail, StringComparison.Ordinal);
            Assert.Contains(reason, refusal.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, "1.5")]
    [InlineData("", "")]
    [InlineData("2.0", "2.0")]
    public async Task Start_AtATime_IsPendingWithItsTagsAndVersion(string? asked, string kept)
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync(new TaskHubOptions { HubName = TaskHubHost.Hub, DefaultVersion = "1.5" });
        DateTimeOffset due = new(2100, 1, 2, 3, 4, 5, TimeSpan.Zero);

        await hub.Raw.StartInstanceAsync(
            new P.CreateInstanceRequest
            {
                Name = "Echo",
                InstanceId = "i",
                Version = asked,
                Tags = { ["k"] = "v" },
                ScheduledStartTimestamp = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(due),
            },
            cancellationToken: Cancellation);

        P.OrchestrationState pending =
            (await hub.Raw.GetInstanceAsync(new P.GetInstanceRequest { InstanceId = "i" }, cancellationToken: Cancellation)).OrchestrationState;
        Assert.Equal(P.OrchestrationStatus.Pending, pending.OrchestrationStatus);
        Assert.Equal((kept, "v", due), (pending.Version, pending.Tags["k"], pending.ScheduledStartTimestamp.ToDateTimeOffset()));
    }

    [Fact]
    public async Task Start_IdOfLiveInstance_ThrowsAlreadyExists()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "dup1", OrchestrationRuntimeStatus.Running);

        foreach (StartOrchestrationOptions wish in (StartOrchestrationOptions[])
                 [new("dup1"), new StartOrchestrationOptions("dup1").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)])
        {
            OrchestrationAlreadyExistsException refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
                () => hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", null, wish, Cancellation));
            Assert.Equal("An Orchestration instance with the ID dup1 already exists.", refusal.Message);
        }
    }

    [Fact]
    public async Task Start_AsSingletonBesideALiveInstanceOfItsOrchestrator_ThrowsAlreadyExists()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Wait", "live", OrchestrationRuntimeStatus.Running);

        OrchestrationAlreadyExistsException refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync("Wait", "other"));
        await StartAsync("Echo", "another name");
        await hub.StartInstanceAsync("Wait", "no singleton", OrchestrationRuntimeStatus.Running);

        Assert.Contains("'live' of Wait has not ended", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await hub.Client.GetInstanceAsync("other", Cancellation));

        Task StartAsync(string name, string id) =>
            hub.Client.ScheduleNewOrchestrationInstanceAsync(name, null, Singleton(id), Cancellation);
    }

    [Fact]
    public async Task Start_ManySingletonsAtOnce_OneRuns()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        bool[] started = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            try
            {
                await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, Singleton($"i{number}"), Cancellation);
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));

        Assert.Single(started, won => won);
        Assert.Equal($"i{Array.IndexOf(started, true)}", Assert.Single(await hub.Client.GetAllInstancesAsync().ToListAsync(Cancellation)).InstanceId);
    }

    [Fact]
    public async Task Restart_OfASingletonBesideALiveOne_IsRefused()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, Singleton("ended"), Cancellation);
        await hub.Client.TerminateInstanceAsync("ended", cancellation: Cancellation);
        await hub.Client.WaitForInstanceCompletionAsync("ended", Cancellation);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, Singleton("live"), Cancellation);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () => await hub.Raw.RestartInstanceAsync(
            new P.RestartInstanceRequest { InstanceId = "ended", RestartWithNewInstanceId = true }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains("'live' of Wait has not ended", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IdOfEndedInstance_ReplacesItUnlessToldOtherwise()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "dup1", OrchestrationRuntimeStatus.Completed, 1);

        StartOrchestrationOptions keep = new StartOrchestrationOptions("dup1").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 2, keep, Cancellation));

        await hub.StartInstanceAsync("Wait", "dup1", OrchestrationRuntimeStatus.Running, 2);
        Assert.Equal("2", (await hub.Client.GetInstancesAsync("dup1", true, Cancellation))!.SerializedInput);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_InATrace_IsItsSpan(bool named)
    {
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        TaskCompletionSource<Activity> span = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is "DurableTask.Core" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                if (activity.Source.Name == "DurableTask.Core" && activity.TraceId.ToHexString() == "0af7651916cd43dd8448eb211c80319c")
                {
                    span.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        // Without a context of its own, a start belongs to the request's trace.
        await hub.Raw.StartInstanceAsync(
            new P.CreateInstanceRequest { Name = "Echo", ParentTraceContext = named ? new P.TraceContext { TraceParent = Parent } : null },
            named ? [] : new Metadata { { "traceparent", Parent } },
            cancellationToken: Cancellation);

        Assert.Equal("orchestration:Echo", (await span.Task.WaitAsync(Cancellation)).DisplayName);
    }

    private static StartOrchestrationOptions Singleton(string id) =>
        new(id) { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["singleton"] = "" } };
}
