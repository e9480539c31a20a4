using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Reads instances and histories.</summary>
internal sealed class InstanceReader(StoreQueries queries)
{
    private const string Columns =
        """
        SELECT instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, scheduled_at, generation,
            parent_instance_id, parent_execution_id, parent_name, parent_version, parent_task_id, tags, size, compressed_size, custom_status
        """;

    public OrchestrationState? Find(string instanceId) => queries.Read(
        $"{Columns}, input, output, failure FROM instances LEFT JOIN payloads USING (instance_key) WHERE instance_id = ?1",
        row => State(row, withPayloads: true),
        instanceId).SingleOrDefault();

    public List<HistoryEvent> ReadHistory(long instanceKey) => ReadEvents("instance_key = ?1", instanceKey);

    /// <summary>The history of an instance; empty when there is none, or it has not begun, or an execution is asked for that it has not.</summary>
    public List<HistoryEvent> ReadHistory(string instanceId, string? executionId) => string.IsNullOrEmpty(executionId)
        ? ReadEvents("instance_key = (SELECT instance_key FROM instances WHERE instance_id = ?1)", instanceId)
        : ReadEvents("instance_key = (SELECT instance_key FROM instances WHERE instance_id = ?1 AND execution_id = ?2)", instanceId, executionId);

    /// <summary>The first instances that fit, in order of id.</summary>
    public List<OrchestrationState> List(Conditions conditions, int count, bool withPayloads)
    {
        var limit = conditions.Add(count);
        return Read($"{conditions} ORDER BY instance_id LIMIT {limit}", conditions, withPayloads);
    }

    /// <summary>The ids and keys of the first instances that fit, in order of id.</summary>
    public List<(long Key, string InstanceId)> ListIds(Conditions conditions, int count)
    {
        var limit = conditions.Add(count);
        return queries.Read(
            $"SELECT instance_key, instance_id FROM instances{conditions} ORDER BY instance_id LIMIT {limit}",
            row => (row.GetInt64(0), row.GetString(1)),
            conditions.Values);
    }

    /// <summary>A page of those that fit, and how many do.</summary>
    public InstancePage Find(InstanceFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Skip, nameof(filter));
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Take, nameof(filter));
        Conditions conditions = new();
        conditions.WhereIf(filter.Name is not null, "name = {0} COLLATE NOCASE", filter.Name);
        conditions.WhereIf(filter.CreatedFrom is not null, "created_at >= {0}", filter.CreatedFrom?.UtcTicks);
        conditions.WhereIf(filter.CreatedBefore is not null, "created_at < {0}", filter.CreatedBefore?.UtcTicks);
        conditions.WhereIf(filter.IdContains.Length > 0, "instr(lower(instance_id), lower({0})) > 0", filter.IdContains);
        conditions.WhereStatusIn(filter.Statuses);
        var total = queries.Read($"SELECT count(*) FROM instances{conditions}", row => row.GetInt32(0), conditions.Values).Single();

        // The keys first: the rows that are passed over may be large.
        var (take, skip) = (conditions.Add(filter.Take), conditions.Add(filter.Skip));
        var keys = $"SELECT instance_key FROM instances{conditions} ORDER BY {OrderBy(filter)} LIMIT {take} OFFSET {skip}";
        return new InstancePage(Read($" WHERE instance_key IN ({keys}) ORDER BY {OrderBy(filter)}", conditions, filter.FetchInputsAndOutputs), total);
    }

    private static string OrderBy(InstanceFilter filter)
    {
        var direction = filter.Descending ? "DESC" : "ASC";
        return filter.Order switch
        {
            InstanceOrder.CreatedAt => $"created_at {direction}, instance_key {direction}",
            InstanceOrder.Duration => $"updated_at - created_at {direction}, instance_key {direction}",
            InstanceOrder.InstanceId => $"instance_id {direction}",
            InstanceOrder.Status => $"status {direction}, instance_key {direction}",
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Order, "There is no such order."),
        };
    }

    private List<OrchestrationState> Read(string rest, Conditions conditions, bool withPayloads) => queries.Read(
        withPayloads ? $"{Columns}, input, output, failure FROM instances LEFT JOIN payloads USING (instance_key){rest}" : $"{Columns} FROM instances{rest}",
        row => State(row, withPayloads),
        conditions.Values);

    private List<HistoryEvent> ReadEvents(string condition, params ReadOnlySpan<object?> parameters)
    {
        var written = queries.Read(
            $"SELECT events FROM history WHERE {condition} ORDER BY checkpoint", row => EventJson.ReadEvents(row.GetString(0)), parameters);
        List<HistoryEvent> history = [.. written.SelectMany(events => events)];
        history.ForEach(played => played.IsPlayed = true);
        return history;
    }

    private static OrchestrationState State(SqliteDataReader row, bool withPayloads) => new()
    {
        OrchestrationInstance = new OrchestrationInstance { InstanceId = row.GetString(0), ExecutionId = StoreQueries.Text(row, 1) },
        Name = row.GetString(2),
        Version = StoreQueries.Text(row, 3),
        OrchestrationStatus = Enum.Parse<OrchestrationStatus>(row.GetString(4)),
        CreatedTime = Ticks.ToUtc(row.GetInt64(5)),
        LastUpdatedTime = Ticks.ToUtc(row.GetInt64(6)),
        CompletedTime = row.IsDBNull(7) ? default : Ticks.ToUtc(row.GetInt64(7)),
        ScheduledStartTime = row.IsDBNull(8) ? null : Ticks.ToUtc(row.GetInt64(8)),
        Generation = row.GetInt32(9),
        ParentInstance = row.IsDBNull(10) ? null : new ParentInstance
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = row.GetString(10), ExecutionId = StoreQueries.Text(row, 11) },
            Name = StoreQueries.Text(row, 12),
            Version = StoreQueries.Text(row, 13),
            TaskScheduleId = row.GetInt32(14),
        },
        Tags = EventJson.ReadTags(StoreQueries.Text(row, 15)),
        Size = row.GetInt64(16),
        CompressedSize = row.GetInt64(17),
        Status = StoreQueries.Text(row, 18),
        Input = withPayloads ? StoreQueries.Text(row, 19) : null,
        Output = withPayloads ? StoreQueries.Text(row, 20) : null,
        FailureDetails = withPayloads ? EventJson.ReadFailure(StoreQueries.Text(row, 21)) : null,
    };
}
