using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using EmbeddedHost.Protocol;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.TaskHub;

/// <summary>What can be asked of an instance that is there. Each is refused where the instance's status makes it pointless.</summary>
internal sealed class InstanceCommands(SqliteOrchestrationService store, ILogger logger)
{
    public async Task RaiseEventAsync(string instanceId, string eventName, string? input)
    {
        if (eventName.Length == 0)
        {
            throw TaskHubRefusal.Invalid($"The event for the instance {instanceId} has no name.");
        }

        var state = await FindAsync(instanceId) ?? throw TaskHubRefusal.Unknown(instanceId);
        if (!state.OrchestrationStatus.IsLive())
        {
            throw TaskHubRefusal.NotRunning();
        }

        logger.Raising(eventName, instanceId);
        await SendAsync(instanceId, new EventRaisedEvent(-1, input) { Name = eventName });
    }

    public async Task TerminateAsync(string instanceId, string? reason, bool recursive, CancellationToken cancellation)
    {
        await RequireAsync(instanceId, "terminate", OrchestrationStatuses.IsLive);
        logger.Terminating(instanceId);
        await store.ForceTerminateTaskOrchestrationAsync(instanceId, reason);

        if (recursive)
        {
            await TerminateChildrenAsync(instanceId, reason, cancellation);
        }
    }

    public async Task SuspendAsync(string instanceId, string? reason)
    {
        await RequireAsync(instanceId, "suspend", status => status.IsLive() && status != OrchestrationStatus.Suspended);
        logger.Suspending(instanceId);
        await SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));
    }

    public async Task ResumeAsync(string instanceId, string? reason)
    {
        await RequireAsync(instanceId, "resume", status => status == OrchestrationStatus.Suspended);
        logger.Resuming(instanceId);
        await SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));
    }

    public async Task RewindAsync(string instanceId, string? reason)
    {
        try
        {
            await store.RewindTaskOrchestrationAsync(instanceId, reason);
        }
        catch (ArgumentException)
        {
            throw TaskHubRefusal.Unknown(instanceId);
        }
        catch (InvalidOperationException)
        {
            throw TaskHubRefusal.NotFailed();
        }

        logger.Rewinding(instanceId);
    }

    public async Task<PurgeResult> PurgeAsync(P.PurgeInstancesRequest request, CancellationToken cancellation)
    {
        var result = request.RequestCase switch
        {
            P.PurgeInstancesRequest.RequestOneofCase.InstanceId => await PurgeAsync(request.InstanceId, request.Recursive),
            P.PurgeInstancesRequest.RequestOneofCase.PurgeInstanceFilter => request.PurgeInstanceFilter.ToCore() is { } filter
                ? await store.PurgeInstancesAsync(filter, request.Recursive)
                : new PurgeResult(0, isComplete: true),
            P.PurgeInstancesRequest.RequestOneofCase.InstanceBatch => await PurgeAsync(request.InstanceBatch.InstanceIds, request.Recursive, cancellation),
            _ => throw TaskHubRefusal.Invalid($"A purge must name an instance, a filter or a batch of instances; this one names {request.RequestCase}."),
        };
        logger.Purged(
            result.DeletedInstanceCount,
            request.RequestCase == P.PurgeInstancesRequest.RequestOneofCase.InstanceId ? request.InstanceId : request.RequestCase.ToString());
        return result;
    }

    private async Task<PurgeResult> PurgeAsync(string instanceId, bool recursive)
    {
        if (await FindAsync(instanceId) is not { } state)
        {
            return new PurgeResult(0, isComplete: true);
        }

        return state.OrchestrationStatus.IsLive()
            ? throw TaskHubRefusal.NotEnded(instanceId, state.OrchestrationStatus)
            : await store.PurgeInstanceAsync(instanceId, recursive);
    }

    private async Task<PurgeResult> PurgeAsync(IEnumerable<string> instanceIds, bool recursive, CancellationToken cancellation)
    {
        int deleted = 0;
        foreach (string instanceId in instanceIds)
        {
            cancellation.ThrowIfCancellationRequested();
            deleted += (await PurgeAsync(instanceId, recursive)).DeletedInstanceCount;
        }

        return new PurgeResult(deleted, isComplete: true);
    }

    private async Task TerminateChildrenAsync(string instanceId, string? reason, CancellationToken cancellation)
    {
        var children = await FindLiveChildrenAsync(cancellation);

        // An id may be its own ancestor where ids were used again.
        HashSet<string> seen = new(StringComparer.Ordinal) { instanceId };
        Queue<string> parents = new(seen);
        while (parents.TryDequeue(out string? parent))
        {
            foreach (string child in children[parent].Where(seen.Add))
            {
                logger.Terminating(child);
                await store.ForceTerminateTaskOrchestrationAsync(child, reason);
                parents.Enqueue(child);
            }
        }
    }

    private async Task<ILookup<string?, string>> FindLiveChildrenAsync(CancellationToken cancellation)
    {
        List<OrchestrationState> live = [];
        OrchestrationQuery query = new()
        {
            RuntimeStatus = [.. Enum.GetValues<OrchestrationStatus>().Where(OrchestrationStatuses.IsLive)],
            FetchInputsAndOutputs = false,
        };

        do
        {
            var page = await store.GetOrchestrationWithQueryAsync(query, cancellation);
            live.AddRange(page.OrchestrationState);
            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);

        return live.ToLookup(s => s.ParentInstance?.OrchestrationInstance.InstanceId, s => s.OrchestrationInstance.InstanceId, StringComparer.Ordinal);
    }

    private async Task RequireAsync(string instanceId, string verb, Func<OrchestrationStatus, bool> fits)
    {
        var state = await FindAsync(instanceId) ?? throw TaskHubRefusal.UnknownArgument(instanceId);
        if (!fits(state.OrchestrationStatus))
        {
            throw TaskHubRefusal.WrongState(verb, instanceId, state.OrchestrationStatus);
        }
    }

    private async Task<OrchestrationState?> FindAsync(string instanceId) => await store.GetOrchestrationStateAsync(instanceId, null);

    private Task SendAsync(string instanceId, HistoryEvent message) => store.SendTaskOrchestrationMessageAsync(
        new TaskMessage { Event = message, OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId } });
}
