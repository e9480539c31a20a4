using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Store;

/// <summary>The statements that change the store, prepared once. Used on the store's own thread, within a transaction.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _findInstance;
    private readonly SqliteCommand _deleteInstance;
    private readonly SqliteCommand _deleteMessagesOf;
    private readonly SqliteCommand _insertInstance;
    private readonly SqliteCommand _insertStep;
    private readonly SqliteCommand _updateInstance;
    private readonly SqliteCommand _deleteSteps;
    private readonly SqliteCommand _beginAnew;
    private readonly SqliteCommand _rewind;
    private readonly SqliteCommand _findChildren;
    private readonly SqliteCommand _findExecution;
    private readonly SqliteCommand _deleteMessagesForOtherExecutions;
    private readonly SqliteCommand _insertMessage;
    private readonly SqliteCommand _deleteMessage;

    public StoreWriter(SqliteConnection connection)
    {
        _findInstance = Prepare(connection, "SELECT status FROM instances WHERE instance_id = $id", "$id");
        _deleteInstance = Prepare(connection, "DELETE FROM instances WHERE instance_id = $id", "$id");
        _deleteMessagesOf = Prepare(connection, "DELETE FROM messages WHERE instance_id = $id", "$id");
        _insertInstance = Prepare(
            connection,
            """
            INSERT INTO instances (instance_id, execution_id, name, version, tags, status, created_at, updated_at, start_at, input,
                parent_instance_id, parent_execution_id, parent_name, parent_task_id, trace_parent, trace_state)
            VALUES ($id, $execution, $name, $version, $tags, 'Pending', $now, $now, $start, $input, $parentId, $parentExecution, $parentName, $parentTask, $traceParent, $traceState)
            RETURNING instance_key
            """,
            "$id", "$execution", "$name", "$version", "$tags", "$now", "$start", "$input", "$parentId", "$parentExecution", "$parentName", "$parentTask",
            "$traceParent", "$traceState");
        _insertStep = Prepare(connection, "INSERT INTO steps (instance_key, number, events) VALUES ($key, $number, $events)", "$key", "$number", "$events");
        _updateInstance = Prepare(
            connection,
            "UPDATE instances SET status = $status, updated_at = $now, custom_status = $custom, output = $output, failure = $failure WHERE instance_key = $key",
            "$key", "$status", "$now", "$custom", "$output", "$failure");
        _insertMessage = Prepare(
            connection,
            "INSERT INTO messages (message_id, instance_id, execution_id, event) VALUES ($message, $id, $execution, $event)",
            "$message", "$id", "$execution", "$event");
        _deleteSteps = Prepare(connection, "DELETE FROM steps WHERE instance_key = $key AND number > $number", "$key", "$number");
        _beginAnew = Prepare(
            connection,
            """
            UPDATE instances SET execution_id = $execution, version = $version, input = $input, status = 'Running', created_at = $now, updated_at = $now,
                start_at = NULL, custom_status = NULL, output = NULL, failure = NULL
            WHERE instance_key = $key
            """,
            "$key", "$execution", "$version", "$input", "$now");
        _rewind = Prepare(
            connection,
            "UPDATE instances SET status = 'Running', updated_at = $now, output = NULL, failure = NULL WHERE instance_key = $key",
            "$key", "$now");
        _findChildren = Prepare(connection, "SELECT instance_id, execution_id, status FROM instances WHERE parent_instance_id = $id", "$id");
        _findExecution = Prepare(
            connection, "SELECT execution_id FROM instances WHERE instance_id = $id AND status IN ('Pending', 'Running', 'Suspended')", "$id");
        _deleteMessagesForOtherExecutions = Prepare(
            connection, "DELETE FROM messages WHERE instance_id = $id AND execution_id NOT IN ('', $execution)", "$id", "$execution");
        _deleteMessage = Prepare(connection, "DELETE FROM messages WHERE message_id = $message", "$message");
    }

    /// <summary>The status of the instance of that id, or null when there is none.</summary>
    public OrchestrationRuntimeStatus? FindStatus(string instanceId) =>
        Bind(_findInstance, instanceId).ExecuteScalar() is string status ? Enum.Parse<OrchestrationRuntimeStatus>(status) : null;

    /// <summary>The execution that an instance has now, or null when there is none of that id or it has ended.</summary>
    public string? FindExecution(string instanceId) => Bind(_findExecution, instanceId).ExecuteScalar() as string;

    /// <summary>Adds an instance that has not begun, in the place of an ended one of its id.</summary>
    /// <returns>Its key.</returns>
    public long AddInstance(OrchestrationInstance instance, DateTime now)
    {
        Bind(_deleteInstance, instance.InstanceId).ExecuteNonQuery();
        Bind(_deleteMessagesOf, instance.InstanceId).ExecuteNonQuery();
        var key = Bind(
            _insertInstance,
            instance.InstanceId,
            instance.ExecutionId,
            instance.Name,
            instance.Version,
            instance.Tags,
            Timestamp.Write(now),
            instance.StartAt is { } start ? Timestamp.Write(start) : null,
            instance.Input,
            instance.Parent?.InstanceId,
            instance.Parent?.ExecutionId,
            instance.Parent?.Name,
            instance.Parent?.TaskId,
            instance.Trace?.Parent,
            instance.Trace?.State).ExecuteScalar();
        return (long)key!;
    }

    /// <summary>Adds a step and what it made of its instance.</summary>
    public void AddStep(long instanceKey, int number, StepOutcome outcome, DateTime now)
    {
        Bind(_insertStep, instanceKey, number, HistoryJson.Write(outcome.Events)).ExecuteNonQuery();
        var (output, failure) = outcome switch
        {
            { Completion.Failure: { } details } => (details.ToString(), HistoryJson.Write(details)),
            { Completion: { } completion } => (completion.Result, null),
            _ => (outcome.Suspended?.Reason, null),
        };
        Bind(_updateInstance, instanceKey, outcome.Status.ToString(), Timestamp.Write(now), outcome.CustomStatus, output, failure).ExecuteNonQuery();
    }

    /// <summary>Lets an instance begin anew: its history is gone, and so is what was sent to the execution that it had.</summary>
    public void BeginAnew(long instanceKey, OrchestrationInstance instance, DateTime now)
    {
        Bind(_deleteSteps, instanceKey, 0).ExecuteNonQuery();
        Bind(_beginAnew, instanceKey, instance.ExecutionId, instance.Version, instance.Input, Timestamp.Write(now)).ExecuteNonQuery();
        Bind(_deleteMessagesForOtherExecutions, instance.InstanceId, instance.ExecutionId).ExecuteNonQuery();
    }

    /// <summary>Replaces a failed instance's history by one that has not failed yet.</summary>
    public void Rewind(long instanceKey, IReadOnlyList<List<HistoryEvent>> steps, DateTime now)
    {
        Bind(_deleteSteps, instanceKey, 0).ExecuteNonQuery();
        for (var i = 0; i < steps.Count; i++)
        {
            Bind(_insertStep, instanceKey, i + 1, HistoryJson.Write(steps[i])).ExecuteNonQuery();
        }

        Bind(_rewind, instanceKey, Timestamp.Write(now)).ExecuteNonQuery();
    }

    /// <summary>Removes an instance with its history and its messages.</summary>
    public void DeleteInstance(string instanceId)
    {
        Bind(_deleteInstance, instanceId).ExecuteNonQuery();
        Bind(_deleteMessagesOf, instanceId).ExecuteNonQuery();
    }

    /// <summary>The sub-orchestrations of an instance.</summary>
    public IReadOnlyList<(string InstanceId, string ExecutionId, OrchestrationRuntimeStatus Status)> FindChildren(string instanceId)
    {
        List<(string, string, OrchestrationRuntimeStatus)> children = [];
        using var reader = Bind(_findChildren, instanceId).ExecuteReader();
        while (reader.Read())
        {
            children.Add((reader.GetString(0), reader.GetString(1), Enum.Parse<OrchestrationRuntimeStatus>(reader.GetString(2))));
        }

        return children;
    }

    public void AddMessage(StoredMessage message) =>
        Bind(_insertMessage, message.MessageId, message.InstanceId, message.ExecutionId, HistoryJson.Write(message.Event)).ExecuteNonQuery();

    public void DeleteMessagesOf(string instanceId) => Bind(_deleteMessagesOf, instanceId).ExecuteNonQuery();

    public void DeleteMessage(long messageId) => Bind(_deleteMessage, messageId).ExecuteNonQuery();

    /// <summary>Runs a statement that is too rare to be kept prepared.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = _findInstance.Connection!.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>A setting of the writing connection.</summary>
    public object? ReadPragma(string name)
    {
        using var command = _findInstance.Connection!.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Prepare(SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        _commands.Add(command);
        return command;
    }
}
