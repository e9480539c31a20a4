using System.Reflection;
using EmbeddedHost.TaskHub;
using Grpc.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

public sealed class NotOfferedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_call_of_the_protocol_is_answered_or_refused_here()
    {
        IEnumerable<string> inherited = typeof(P.TaskHubSidecarService.TaskHubSidecarServiceBase)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(m => typeof(TaskHubService).GetMethod(m.Name)!.DeclaringType != typeof(TaskHubService))
            .Select(m => m.Name);

        Assert.Empty(inherited);
    }

    [Fact]
    public async Task What_is_not_offered_is_refused_by_name()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        Dictionary<string, Func<Task>> calls = new()
        {
            ["SignalEntity"] = async () => await hub.Raw.SignalEntityAsync(new(), cancellationToken: Cancellation),
            ["GetEntity"] = async () => await hub.Raw.GetEntityAsync(new(), cancellationToken: Cancellation),
            ["QueryEntities"] = async () => await hub.Raw.QueryEntitiesAsync(new(), cancellationToken: Cancellation),
            ["CleanEntityStorage"] = async () => await hub.Raw.CleanEntityStorageAsync(new(), cancellationToken: Cancellation),
            ["GetWorkItems"] = async () => await hub.Raw.GetWorkItems(new(), cancellationToken: Cancellation).ResponseStream.MoveNext(Cancellation),
            ["CompleteActivityTask"] = async () => await hub.Raw.CompleteActivityTaskAsync(new(), cancellationToken: Cancellation),
            ["CompleteOrchestratorTask"] = async () => await hub.Raw.CompleteOrchestratorTaskAsync(new(), cancellationToken: Cancellation),
            ["CompleteEntityTask"] = async () => await hub.Raw.CompleteEntityTaskAsync(new(), cancellationToken: Cancellation),
            ["AbandonTaskActivityWorkItem"] = async () => await hub.Raw.AbandonTaskActivityWorkItemAsync(new(), cancellationToken: Cancellation),
            ["AbandonTaskOrchestratorWorkItem"] = async () => await hub.Raw.AbandonTaskOrchestratorWorkItemAsync(new(), cancellationToken: Cancellation),
            ["AbandonTaskEntityWorkItem"] = async () => await hub.Raw.AbandonTaskEntityWorkItemAsync(new(), cancellationToken: Cancellation),
            ["SkipGracefulOrchestrationTerminations"] = async () =>
                await hub.Raw.SkipGracefulOrchestrationTerminationsAsync(new(), cancellationToken: Cancellation),
        };

        foreach ((var name, Func<Task> call) in calls)
        {
            RpcException refusal = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
            Assert.StartsWith(name + ": ", refusal.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_hub_in_use_can_be_created_but_not_deleted()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await hub.Raw.HelloAsync(new(), cancellationToken: Cancellation);
        await hub.Raw.CreateTaskHubAsync(new(), cancellationToken: Cancellation);

        foreach (Func<Task> call in (Func<Task>[])
                 [
                     async () => await hub.Raw.CreateTaskHubAsync(new() { RecreateIfExists = true }, cancellationToken: Cancellation),
                     async () => await hub.Raw.DeleteTaskHubAsync(new(), cancellationToken: Cancellation),
                 ])
        {
            Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
        }
    }

    [Theory]
    [InlineData("TestHub", true)]
    [InlineData("testhub", true)]
    [InlineData("Other", false)]
    public async Task A_call_for_another_hub_is_not_found(string name, bool served)
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        Metadata headers = new() { { "Durable-TaskHub", name } };

        Task[] calls =
        [
            hub.Raw.GetInstanceAsync(new() { InstanceId = "i" }, headers, cancellationToken: Cancellation).ResponseAsync,
            hub.Raw.QueryInstancesAsync(new(), headers, cancellationToken: Cancellation).ResponseAsync,
        ];

        foreach (Task call in calls)
        {
            Exception? refusal = await Record.ExceptionAsync(() => call);
            Assert.Equal(served ? null : StatusCode.NotFound, (refusal as RpcException)?.StatusCode);
        }
    }

    [Fact]
    public async Task A_call_that_names_no_instance_is_an_invalid_argument()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        await TaskHubHost.RefusedAsync(
            StatusCode.InvalidArgument,
            "The call names no instance.",
            async () => await hub.Raw.TerminateInstanceAsync(new(), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_continuation_token_of_elsewhere_is_an_invalid_argument()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await hub.Raw.QueryInstancesAsync(new() { Query = new() { ContinuationToken = "no token!" } }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task What_breaks_in_the_host_is_told_to_the_caller()
    {
        await using TaskHubHost hub = await TaskHubHost.StartAsync();
        await hub.CloseStoreAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await hub.Raw.GetInstanceAsync(new() { InstanceId = "i" }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.Contains("SqliteOrchestrationService", failure.Status.Detail, StringComparison.Ordinal);
    }
}
