using System.Text.Json;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Search;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Store;

/// <summary>What clients may ask of the store.</summary>
internal sealed class InstanceQueries(HistoryStore store, DataConverter converter)
{
    private const string Columns = "SELECT instance_id, name, status, created_at, updated_at, input, custom_status, output, failure, tags FROM instances";

    public OrchestrationMetadata? Find(string instanceId, bool withInputsAndOutputs) =>
        store.Read($"{Columns} WHERE instance_id = $id", row => Metadata(row, withInputsAndOutputs), ("$id", instanceId)).SingleOrDefault();

    /// <summary>The instances that have not ended, inputs included, in order of creation.</summary>
    public IReadOnlyList<OrchestrationMetadata> ListLive() => store.Read(
        $"{Columns} WHERE status IN ('Pending', 'Running', 'Suspended') ORDER BY instance_key", row => Metadata(row, withInputsAndOutputs: true));

    /// <summary>One page, in order of id; its continuation token is the last id of the page.</summary>
    public Page<OrchestrationMetadata> List(OrchestrationQuery query, string? continuationToken, int pageSize)
    {
        List<string> conditions = [];
        List<(string, object)> parameters = [];
        void Where(string condition, string parameter, object value)
        {
            conditions.Add(condition);
            parameters.Add((parameter, value));
        }

        if (continuationToken is not null)
        {
            Where("instance_id > $after", "$after", continuationToken);
        }

        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            Where("substr(instance_id, 1, length($prefix)) = $prefix", "$prefix", prefix);
        }

        if (query.CreatedFrom is { } from)
        {
            Where("created_at >= $from", "$from", Timestamp.Write(from.UtcDateTime));
        }

        if (query.CreatedTo is { } to)
        {
            Where("created_at <= $to", "$to", Timestamp.Write(to.UtcDateTime));
        }

        if (query.Statuses?.ToList() is { Count: > 0 } statuses)
        {
            conditions.Add($"status IN ({string.Join(", ", statuses.Select(status => $"'{status}'"))})");
        }

        var where = conditions.Count == 0 ? string.Empty : " WHERE " + string.Join(" AND ", conditions);
        parameters.Add(("$limit", pageSize + 1L));
        var rows = store.Read(
            $"{Columns}{where} ORDER BY instance_id LIMIT $limit",
            row => Metadata(row, query.FetchInputsAndOutputs),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parameters)).ToList();
        if (rows.Count <= pageSize)
        {
            return new Page<OrchestrationMetadata>(rows);
        }

        rows.RemoveAt(pageSize);
        return new Page<OrchestrationMetadata>(rows, rows[^1].InstanceId);
    }

    /// <summary>One page of ids, in their order; its continuation token is the last id of the page. With a time of completion only ended instances.</summary>
    public Page<string> ListIds(IEnumerable<OrchestrationRuntimeStatus>? statuses, DateTimeOffset? completedFrom, DateTimeOffset? completedTo, string? after, int pageSize)
    {
        var conditions = "instance_id > $after AND updated_at >= $from AND updated_at <= $to";
        if (completedFrom is not null || completedTo is not null)
        {
            conditions += " AND status IN ('Completed', 'Failed', 'Terminated')";
        }

        if (statuses?.ToList() is { Count: > 0 } asked)
        {
            conditions += $" AND status IN ({string.Join(", ", asked.Select(status => $"'{status}'"))})";
        }

        var ids = store.Read(
            $"SELECT instance_id FROM instances WHERE {conditions} ORDER BY instance_id LIMIT $limit",
            row => row.GetString(0),
            ("$after", after ?? string.Empty),
            ("$from", Timestamp.Write((completedFrom ?? DateTimeOffset.MinValue).UtcDateTime)),
            ("$to", Timestamp.Write((completedTo ?? DateTimeOffset.MaxValue).UtcDateTime)),
            ("$limit", pageSize + 1L)).ToList();
        return ids.Count <= pageSize ? new Page<string>(ids) : new Page<string>(ids[..pageSize], ids[pageSize - 1]);
    }

    /// <inheritdoc cref="IInstanceSearch.Find" />
    public InstancePage Find(InstanceFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Skip, nameof(filter));
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Take, nameof(filter));
        var conditions = "name = $name COLLATE NOCASE AND created_at >= $from AND created_at < $before";
        if (filter.IdContains.Length > 0)
        {
            conditions += " AND instr(lower(instance_id), lower($part)) > 0";
        }

        if (filter.Statuses.Count > 0)
        {
            conditions += $" AND status IN ({string.Join(", ", filter.Statuses.Select(status => $"'{status}'"))})";
        }

        (string, object)[] parameters =
        [
            ("$name", filter.Name),
            ("$from", Timestamp.Write((filter.CreatedFrom ?? DateTimeOffset.MinValue).UtcDateTime)),
            ("$before", Timestamp.Write((filter.CreatedBefore ?? DateTimeOffset.MaxValue).UtcDateTime)),
            ("$part", filter.IdContains),
            ("$take", filter.Take),
            ("$skip", filter.Skip),
        ];
        var total = store.Read($"SELECT count(*) FROM instances WHERE {conditions}", row => row.GetInt32(0), parameters).Single();

        // The keys first: the rows that are passed over may be large.
        var page = $"SELECT instance_key FROM instances WHERE {conditions} ORDER BY {OrderBy(filter)} LIMIT $take OFFSET $skip";
        return new InstancePage(
            store.Read($"{Columns} WHERE instance_key IN ({page}) ORDER BY {OrderBy(filter)}", row => Metadata(row, withInputsAndOutputs: true), parameters), total);
    }

    private static string OrderBy(InstanceFilter filter)
    {
        var direction = filter.Descending ? "DESC" : "ASC";
        return filter.Order switch
        {
            InstanceOrder.CreatedAt => $"created_at {direction}, instance_key {direction}",
            InstanceOrder.Duration => $"julianday(updated_at) - julianday(created_at) {direction}, instance_key {direction}",
            InstanceOrder.InstanceId => $"instance_id {direction}",
            InstanceOrder.Status => $"status {direction}, instance_key {direction}",
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Order, "There is no such order."),
        };
    }

    private OrchestrationMetadata Metadata(SqliteDataReader row, bool withInputsAndOutputs) => new(row.GetString(1), row.GetString(0))
    {
        DataConverter = withInputsAndOutputs ? converter : null,
        RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(2)),
        CreatedAt = new DateTimeOffset(Timestamp.Read(row.GetString(3))),
        LastUpdatedAt = new DateTimeOffset(Timestamp.Read(row.GetString(4))),
        SerializedInput = withInputsAndOutputs ? HistoryStore.Text(row, 5) : null,
        SerializedCustomStatus = withInputsAndOutputs ? HistoryStore.Text(row, 6) : null,
        SerializedOutput = withInputsAndOutputs ? HistoryStore.Text(row, 7) : null,
        Tags = HistoryStore.Text(row, 9) is { } tags ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags)! : new Dictionary<string, string>(StringComparer.Ordinal),
        FailureDetails = HistoryStore.Text(row, 8) is { } failure ? HistoryJson.ReadFailure(failure) : null,
    };
}
