using Grpc.Core;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

public sealed class RestartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_WithNewId_RunsTheSameInputAndNamesItsSource()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Echo", "old", OrchestrationRuntimeStatus.Completed, 7);

        var id = await hub.Client.RestartAsync("old", restartWithNewInstanceId: true, Cancellation);

        OrchestrationMetadata ended = await hub.Client.WaitForInstanceCompletionAsync(id, true, Cancellation);
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(("Echo", "7"), (ended.Name, ended.SerializedOutput));
        Assert.Equal("old", ended.Tags["MS_DurableFunctions_SourceInstanceId"]);
    }

    [Fact]
    public async Task Restart_SameId_ReplacesOnlyWhatHasEnded()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.StartInstanceAsync("Fail", "i", OrchestrationRuntimeStatus.Failed);
        await hub.StartInstanceAsync("Wait", "live", OrchestrationRuntimeStatus.Running);

        Assert.Equal("i", await hub.Client.RestartAsync("i", restartWithNewInstanceId: false, Cancellation));
        Assert.Empty((await hub.UntilAsync("i", OrchestrationRuntimeStatus.Failed)).Tags);
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RestartAsync("live", restartWithNewInstanceId: false, Cancellation));
        await TaskHubHost.RefusedAsync(
            StatusCode.FailedPrecondition,
            "Non-terminal instance with this instance ID already exists: An Orchestration instance with the ID live already exists.",
            async () => await hub.Raw.RestartInstanceAsync(new P.RestartInstanceRequest { InstanceId = "live" }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Restart_UnknownId_IsNotFound()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("nope", cancellation: Cancellation));
        await TaskHubHost.RefusedAsync(
            StatusCode.NotFound,
            "ArgumentException: No instance with ID 'nope' was found. (Parameter 'instanceId')",
            async () => await hub.Raw.RestartInstanceAsync(new P.RestartInstanceRequest { InstanceId = "nope" }, cancellationToken: Cancellation));
    }
}
