using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using EmbeddedHost.Protocol;
using Grpc.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.TaskHub;

internal sealed class InstanceReads(SqliteOrchestrationService store, TaskHubOptions options)
{
    // Clients take messages of 4 MB unless told otherwise.
    private const int ChunkBytes = 1024 * 1024;

    // The provider tells of ends only. A look is one row by its key.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    public async Task<P.GetInstanceResponse> GetAsync(P.GetInstanceRequest request) =>
        Answer(await store.GetOrchestrationStateAsync(request.InstanceId, null), request);

    public async Task<P.GetInstanceResponse> WaitForStartAsync(P.GetInstanceRequest request, CancellationToken cancellation)
    {
        using PeriodicTimer look = new(s_look);
        while (true)
        {
            if (await store.GetOrchestrationStateAsync(request.InstanceId, null) is { OrchestrationStatus: not OrchestrationStatus.Pending } started)
            {
                return Answer(started, request);
            }

            await look.WaitForNextTickAsync(cancellation);
        }
    }

    public async Task<P.GetInstanceResponse> WaitForCompletionAsync(P.GetInstanceRequest request, CancellationToken cancellation) =>
        Answer(await store.WaitForOrchestrationAsync(request.InstanceId, null, Timeout.InfiniteTimeSpan, cancellation), request);

    public async Task<P.QueryInstancesResponse> QueryAsync(P.QueryInstancesRequest request, CancellationToken cancellation)
    {
        P.QueryInstancesResponse response = new();
        var query = request.Query.ToCore();
        if (query.TaskHubNames is { } hubs && !hubs.Contains(options.HubName, StringComparer.OrdinalIgnoreCase))
        {
            return response;
        }

        var page = await PageAsync(query, cancellation);
        response.ContinuationToken = page.ContinuationToken;
        foreach (var state in page.OrchestrationState)
        {
            var found = state.ToProto();
            if (!query.FetchInputsAndOutputs)
            {
                // The Functions host, too, leaves out these two only; output and custom status come where the provider has them at hand.
                found.Input = null;
                found.FailureDetails = null;
            }

            response.OrchestrationState.Add(found);
        }

        return response;
    }

    /// <summary>
    /// Pages through all instances and keeps those that fit, so that a page may be shorter than asked for; the key of the
    /// next page is the query's continuation token.
    /// </summary>
    public async Task<P.ListInstanceIdsResponse> ListIdsAsync(P.ListInstanceIdsRequest request, CancellationToken cancellation)
    {
        var query = new P.InstanceQuery
        {
            RuntimeStatus = { request.RuntimeStatus },
            MaxInstanceCount = request.PageSize,
            ContinuationToken = request.LastInstanceKey,
        }.ToCore();
        DateTime? from = request.CompletedTimeFrom?.ToDateTime();
        DateTime? to = request.CompletedTimeTo?.ToDateTime();
        P.ListInstanceIdsResponse response = new();

        do
        {
            var page = await PageAsync(query, cancellation);
            response.InstanceIds.AddRange(page.OrchestrationState.Where(CompletedInTime).Select(s => s.OrchestrationInstance.InstanceId));
            query.ContinuationToken = page.ContinuationToken;
        }
        while (response.InstanceIds.Count == 0 && query.ContinuationToken is not null);

        response.LastInstanceKey = query.ContinuationToken;
        return response;

        bool CompletedInTime(OrchestrationState state) => (from is null && to is null)
            || (!state.OrchestrationStatus.IsLive() && !(state.CompletedTime < from) && !(state.CompletedTime > to));
    }

    public async Task StreamHistoryAsync(string instanceId, IServerStreamWriter<P.HistoryChunk> stream, CancellationToken cancellation)
    {
        if (await store.GetOrchestrationStateAsync(instanceId, null) is null)
        {
            throw TaskHubRefusal.NoHistory(instanceId);
        }

        P.HistoryChunk chunk = new();
        int bytes = 0;
        foreach (var historyEvent in await store.ReadHistoryAsync(instanceId, cancellation))
        {
            var proto = historyEvent.ToProto();
            int size = proto.CalculateSize();
            if (chunk.Events.Count > 0 && bytes + size > ChunkBytes)
            {
                await stream.WriteAsync(chunk, cancellation);
                chunk = new P.HistoryChunk();
                bytes = 0;
            }

            chunk.Events.Add(proto);
            bytes += size;
        }

        if (chunk.Events.Count > 0)
        {
            await stream.WriteAsync(chunk, cancellation);
        }
    }

    private async Task<OrchestrationQueryResult> PageAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        try
        {
            return await store.GetOrchestrationWithQueryAsync(query, cancellation);
        }
        catch (ArgumentException e)
        {
            throw TaskHubRefusal.Invalid(e.Message);
        }
    }

    private static P.GetInstanceResponse Answer(OrchestrationState? state, P.GetInstanceRequest request) => state is null
        ? new P.GetInstanceResponse { Exists = false }
        : new P.GetInstanceResponse { Exists = true, OrchestrationState = state.ToProto(request.GetInputsAndOutputs) };
}
