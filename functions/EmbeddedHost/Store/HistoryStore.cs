using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Tracing;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Store;

/// <summary>
/// The durable state of a host, in one SQLite file: WAL, and a commit is on the disk when it returns (synchronous=FULL). One process at
/// a time, which <see cref="StateFolder"/> sees to.
/// </summary>
internal sealed class HistoryStore : IDisposable
{
    private const string InstanceColumns =
        "SELECT instance_key, instance_id, execution_id, name, version, input, parent_instance_id, parent_execution_id, parent_name, parent_task_id, start_at, tags, "
        + "custom_status, trace_parent, trace_state FROM instances";

    private readonly SqliteConnection _connection;
    private readonly string _connectionString;
    private readonly GroupCommit _writes;
    private readonly OpenMark _mark;
    private bool _disposed;

    private HistoryStore(SqliteConnection connection, string connectionString, OpenMark mark)
    {
        _connection = connection;
        _connectionString = connectionString;
        _mark = mark;
        _writes = new GroupCommit(connection);
    }

    /// <summary>Opens a store, or makes it.</summary>
    /// <exception cref="EmbeddedHostException">
    /// The file is damaged, incomplete, another program's or from a later version of this host, and is left as it was; or it cannot be read and
    /// written.
    /// </exception>
    public static HistoryStore Open(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = true }.ToString();
        SqliteConnection connection = new(connectionString);
        OpenMark mark = new(path);
        try
        {
            mark.Check();
            var isChecked = StoreInspection.TryCheck(path);
            connection.Open();
            if (!isChecked)
            {
                StoreInspection.Check(connection, path);
            }

            StoreSchema.Migrate(connection);
            mark.Set();
            return new HistoryStore(connection, connectionString, mark);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw StoreFailure.Open(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new EmbeddedHostException(
                $"The state file {path} cannot be used: {exception.Message} Give the user of this program write access to its folder, or choose another state folder.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="GroupCommit.WriteAsync" />
    public Task<T> WriteAsync<T>(Func<StoreWriter, T> write) => _writes.WriteAsync(write);

    /// <summary>The instances that have not ended, in the order in which they were created.</summary>
    public IReadOnlyList<StoredInstance> ReadLiveInstances() =>
        Read(InstanceColumns + " WHERE status IN ('Pending', 'Running', 'Suspended') ORDER BY instance_key", ReadInstance);

    /// <summary>An instance and its steps, or null when there is none of that id.</summary>
    public (OrchestrationInstance Instance, IReadOnlyList<List<HistoryEvent>> Steps)? ReadHistory(string instanceId) =>
        Read(InstanceColumns + " WHERE instance_id = $id", ReadInstance, ("$id", instanceId)) is [var found] ? (found.Instance, ReadSteps(found.Key)) : null;

    /// <summary>An instance with its status and its steps, or null when there is none of that id.</summary>
    public (StoredInstance Instance, OrchestrationRuntimeStatus Status, IReadOnlyList<List<HistoryEvent>> Steps)? FindInstance(string instanceId)
    {
        if (Read(InstanceColumns + " WHERE instance_id = $id", ReadInstance, ("$id", instanceId)) is not [var found])
        {
            return null;
        }

        var status = Read("SELECT status FROM instances WHERE instance_key = $key", row => row.GetString(0), ("$key", found.Key)).Single();
        return (found, Enum.Parse<OrchestrationRuntimeStatus>(status), ReadSteps(found.Key));
    }

    /// <summary>The messages that no step has taken up, in the order in which they were sent.</summary>
    public IReadOnlyList<StoredMessage> ReadMessages() => Read(
        "SELECT message_id, instance_id, execution_id, event FROM messages ORDER BY message_id",
        row => new StoredMessage(row.GetInt64(0), row.GetString(1), row.GetString(2), HistoryJson.ReadEvent(row.GetString(3))));

    /// <summary>An instance's history, step by step.</summary>
    public IReadOnlyList<List<HistoryEvent>> ReadSteps(long instanceKey) =>
        Read("SELECT events FROM steps WHERE instance_key = $key ORDER BY number", row => HistoryJson.ReadStep(row.GetString(0)), ("$key", instanceKey));

    /// <summary>Runs a query on a connection of its own, beside the writer.</summary>
    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteConnection connection = new(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        List<T> rows = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>A text column, or null.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static StoredInstance ReadInstance(SqliteDataReader row) => new(
        row.GetInt64(0),
        new OrchestrationInstance(
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            Text(row, 5),
            row.IsDBNull(6) ? null : new ParentRequest(row.GetString(6), row.GetString(7), row.GetString(8), row.GetInt32(9)),
            row.IsDBNull(10) ? null : Timestamp.Read(row.GetString(10)),
            Text(row, 11)) { Trace = Text(row, 13) is { } trace ? new InstanceTrace(trace, Text(row, 14)) : null },
        Text(row, 12));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _writes.Dispose();
        _mark.Clear();
        _connection.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }
}

/// <summary>An instance as the store holds it.</summary>
internal sealed record StoredInstance(long Key, OrchestrationInstance Instance, string? CustomStatus);

/// <summary>A message that waits for its receiver's next step.</summary>
internal sealed record StoredMessage(long MessageId, string InstanceId, string ExecutionId, HistoryEvent Event)
{
    /// <summary>Whether an orchestration that began anew took it along. Other events are for whichever execution there is.</summary>
    public bool IsTakenAlong => Event is EventRaised && ExecutionId.Length > 0;
}
