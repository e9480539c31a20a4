using DurableTask.Sqlite;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.TaskHub;

/// <summary>The durable client's side of the task hub, as the worker's client binding and the host's own management API call it.</summary>
internal sealed partial class TaskHubService(
    SqliteOrchestrationService store, TaskHubOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TaskHubService> logger)
    : P.TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private readonly InstanceStarts _starts = new(store, options, time, logger);
    private readonly InstanceCommands _commands = new(store, logger);
    private readonly InstanceReads _reads = new(store, options);

    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<P.CreateInstanceResponse> StartInstance(P.CreateInstanceRequest request, ServerCallContext context) =>
        new() { InstanceId = await _starts.StartAsync(request) };

    public override async Task<P.RestartInstanceResponse> RestartInstance(P.RestartInstanceRequest request, ServerCallContext context) =>
        new() { InstanceId = await _starts.RestartAsync(Named(request.InstanceId), request.RestartWithNewInstanceId) };

    public override async Task<P.RaiseEventResponse> RaiseEvent(P.RaiseEventRequest request, ServerCallContext context)
    {
        await _commands.RaiseEventAsync(Named(request.InstanceId), request.Name, request.Input);
        return new P.RaiseEventResponse();
    }

    public override async Task<P.TerminateResponse> TerminateInstance(P.TerminateRequest request, ServerCallContext context)
    {
        await _commands.TerminateAsync(Named(request.InstanceId), request.Output, request.Recursive, context.CancellationToken);
        return new P.TerminateResponse();
    }

    public override async Task<P.SuspendResponse> SuspendInstance(P.SuspendRequest request, ServerCallContext context)
    {
        await _commands.SuspendAsync(Named(request.InstanceId), request.Reason);
        return new P.SuspendResponse();
    }

    public override async Task<P.ResumeResponse> ResumeInstance(P.ResumeRequest request, ServerCallContext context)
    {
        await _commands.ResumeAsync(Named(request.InstanceId), request.Reason);
        return new P.ResumeResponse();
    }

    public override async Task<P.RewindInstanceResponse> RewindInstance(P.RewindInstanceRequest request, ServerCallContext context)
    {
        await _commands.RewindAsync(Named(request.InstanceId), request.Reason);
        return new P.RewindInstanceResponse();
    }

    public override async Task<P.PurgeInstancesResponse> PurgeInstances(P.PurgeInstancesRequest request, ServerCallContext context)
    {
        var result = await _commands.PurgeAsync(request, context.CancellationToken);
        return new P.PurgeInstancesResponse { DeletedInstanceCount = result.DeletedInstanceCount, IsComplete = result.IsComplete };
    }

    public override Task<P.GetInstanceResponse> GetInstance(P.GetInstanceRequest request, ServerCallContext context) => _reads.GetAsync(request);

    public override Task<P.GetInstanceResponse> WaitForInstanceStart(P.GetInstanceRequest request, ServerCallContext context) =>
        UntilStoppedAsync(request, token => _reads.WaitForStartAsync(request, token), context);

    public override Task<P.GetInstanceResponse> WaitForInstanceCompletion(P.GetInstanceRequest request, ServerCallContext context) =>
        UntilStoppedAsync(request, token => _reads.WaitForCompletionAsync(request, token), context);

    public override Task<P.QueryInstancesResponse> QueryInstances(P.QueryInstancesRequest request, ServerCallContext context) =>
        _reads.QueryAsync(request, context.CancellationToken);

    public override Task<P.ListInstanceIdsResponse> ListInstanceIds(P.ListInstanceIdsRequest request, ServerCallContext context) =>
        _reads.ListIdsAsync(request, context.CancellationToken);

    public override Task StreamInstanceHistory(
        P.StreamInstanceHistoryRequest request, IServerStreamWriter<P.HistoryChunk> responseStream, ServerCallContext context) =>
        _reads.StreamHistoryAsync(request.InstanceId, responseStream, context.CancellationToken);

    // A wait may last for days; the server that has to close must not wait for it.
    private async Task<P.GetInstanceResponse> UntilStoppedAsync(
        P.GetInstanceRequest request, Func<CancellationToken, Task<P.GetInstanceResponse>> wait, ServerCallContext context)
    {
        Named(request.InstanceId);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw TaskHubRefusal.Stopping();
        }
    }

    private static string Named(string instanceId) => instanceId.Length > 0 ? instanceId : throw TaskHubRefusal.Invalid("The call names no instance.");
}
