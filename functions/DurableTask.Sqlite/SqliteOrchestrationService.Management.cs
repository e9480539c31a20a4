using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite;

/// <content>Queries, purges and rewinds.</content>
public sealed partial class SqliteOrchestrationService
{
    private const int DefaultPageSize = 100;

    /// <summary>A page of the instances that fit, in order of id. Instances that are created or removed between pages move no others.</summary>
    /// <exception cref="ArgumentException">The continuation token is not one that this gave.</exception>
    public async Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(OrchestrationQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var after = ContinuationToken.Read(query.ContinuationToken);
        Conditions conditions = new();
        conditions.WhereIf(after is not null, "instance_id > {0}", after);
        conditions.WhereIf(
            !string.IsNullOrEmpty(query.InstanceIdPrefix), "instance_id >= {0} AND substr(instance_id, 1, length({0})) = {0}", query.InstanceIdPrefix);
        conditions.WhereIf(query.CreatedTimeFrom is not null, "created_at >= {0}", query.CreatedTimeFrom is { } from ? Ticks.Of(from) : null);
        conditions.WhereIf(query.CreatedTimeTo is not null, "created_at <= {0}", query.CreatedTimeTo is { } to ? Ticks.Of(to) : null);
        conditions.WhereIf(query.ExcludeEntities, "substr(instance_id, 1, 1) <> {0}", "@");
        conditions.WhereStatusIn(query.RuntimeStatus);
        var pageSize = query.PageSize > 0 ? query.PageSize : DefaultPageSize;
        var page = (await StoreAsync()).Instances.List(conditions, pageSize < int.MaxValue ? pageSize + 1 : pageSize, query.FetchInputsAndOutputs);
        return page.Count <= pageSize
            ? new OrchestrationQueryResult(page, continuationToken: null)
            : new OrchestrationQueryResult(page[..pageSize], ContinuationToken.Write(page[pageSize - 1].OrchestrationInstance.InstanceId));
    }

    /// <summary>A page of the instances that fit, in the order asked for, and how many fit in all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The filter skips or takes less than nothing.</exception>
    public async Task<InstancePage> FindInstancesAsync(InstanceFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        return (await StoreAsync()).Instances.Find(filter);
    }

    /// <summary>The history of an instance's current execution.</summary>
    /// <returns>Empty when there is no such instance, or it has not begun.</returns>
    public async Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        cancellationToken.ThrowIfCancellationRequested();
        return (await StoreAsync()).Instances.ReadHistory(instanceId, executionId: null);
    }

    /// <summary>Removes an ended instance.</summary>
    /// <returns>How many are gone: none when it has not ended, or is not there.</returns>
    public Task<PurgeResult> PurgeInstanceStateAsync(string instanceId) => PurgeInstanceAsync(instanceId, recursive: false);

    /// <summary>Removes the ended instances that fit. Live ones stay, whatever statuses are asked for.</summary>
    /// <returns>How many are gone, and whether all are; not all when the filter's time was up before.</returns>
    public Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter) => PurgeInstancesAsync(purgeInstanceFilter, recursive: false);

    /// <summary>Removes an ended instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="recursive">Whether the ended sub-orchestrations that it started go too, and theirs.</param>
    /// <returns>How many are gone: none when it has not ended, or is not there.</returns>
    public async Task<PurgeResult> PurgeInstanceAsync(string instanceId, bool recursive)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return new PurgeResult(await (await PurgeAsync()).PurgeAsync(instanceId, recursive), isComplete: true);
    }

    /// <summary>Removes the ended instances that fit. Live ones stay, whatever statuses are asked for.</summary>
    /// <param name="filter">Which; times of creation are inclusive.</param>
    /// <param name="recursive">Whether the ended sub-orchestrations that they started go too, and theirs, whether they fit or not.</param>
    /// <returns>How many are gone, and whether all are; not all when the filter's time was up before.</returns>
    public async Task<PurgeResult> PurgeInstancesAsync(PurgeInstanceFilter filter, bool recursive)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var statuses = filter.RuntimeStatus?.ToList();
        return await (await PurgeAsync()).PurgeAsync(
            conditions =>
            {
                conditions.Where("created_at >= {0}", Ticks.Of(filter.CreatedTimeFrom));
                conditions.WhereIf(filter.CreatedTimeTo is not null, "created_at <= {0}", filter.CreatedTimeTo is { } to ? Ticks.Of(to) : null);
                conditions.WhereStatusIn(statuses);
            },
            recursive,
            filter.Timeout);
    }

    /// <summary>
    /// Lets a failed instance run again from where it failed: failed activities are scheduled anew, failed sub-orchestrations are rewound
    /// in turn. It is Running when this returns.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="reason">Why, for its history.</param>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It is not Failed.</exception>
    public async Task RewindTaskOrchestrationAsync(string instanceId, string? reason)
    {
        var store = await StoreAsync();
        var outgoing = OutgoingMessage.Of(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new ExecutionRewoundEvent(-1, reason) { Timestamp = store.Now },
        });
        await store.WriteAsync(writer =>
        {
            var row = writer.Find(instanceId) ?? throw new ArgumentException($"There is no instance with the id '{instanceId}'.", nameof(instanceId));
            if (row.Status != OrchestrationStatus.Failed)
            {
                throw new InvalidOperationException($"The instance '{instanceId}' is {row.Status}; only a Failed one can be rewound.");
            }

            Postings postings = new();
            new Delivery(writer, postings, store.Now).Deliver(outgoing);
            return postings;
        });
    }

    private async Task<Purge> PurgeAsync()
    {
        var store = await StoreAsync();
        return new Purge(store.Instances, store.WriteAsync, _time);
    }
}
