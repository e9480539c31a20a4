using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.Events;
using Microsoft.Data.Sqlite;
using static DurableTask.Sqlite.Store.StatementSet;

namespace DurableTask.Sqlite.Store;

/// <summary>The statements that change the database. Used on the writing thread, within a transaction.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _findByKey;
    private readonly SqliteCommand _findOtherLive;
    private readonly SqliteCommand _insertInstance;
    private readonly SqliteCommand _deleteInstance;
    private readonly SqliteCommand _insertPayload;
    private readonly SqliteCommand _updateResult;
    private readonly SqliteCommand _updateInput;
    private readonly SqliteCommand _updateInstance;
    private readonly SqliteCommand _renewInstance;
    private readonly SqliteCommand _reopenInstance;
    private readonly SqliteCommand _insertHistory;
    private readonly SqliteCommand _deleteHistory;
    private readonly SqliteCommand _readHistory;
    private readonly SqliteCommand _insertMessage;
    private readonly SqliteCommand _deleteMessage;
    private readonly SqliteCommand _deleteMessages;
    private readonly SqliteCommand _deleteMessagesOfOthers;
    private readonly SqliteCommand _readFirstMessage;
    private readonly SqliteCommand _insertActivity;
    private readonly SqliteCommand _deleteActivity;

    public StoreWriter(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new StatementSet(connection);
        const string Row = "SELECT instance_key, instance_id, execution_id, status, generation FROM instances";
        _find = _statements.Prepare($"{Row} WHERE instance_id = ?1", 1);
        _findByKey = _statements.Prepare($"{Row} WHERE instance_key = ?1", 1);
        _findOtherLive = _statements.Prepare(
            $"{Row} WHERE name = ?1 COLLATE NOCASE AND instance_id <> ?2 AND {InstanceStatus.LiveSql} ORDER BY created_at DESC LIMIT 1", 2);
        _insertInstance = _statements.Prepare(
            """
            INSERT INTO instances (instance_key, instance_id, execution_id, name, version, status, created_at, updated_at, scheduled_at, generation,
                parent_instance_id, parent_execution_id, parent_name, parent_version, parent_task_id, tags)
            VALUES (?1, ?2, ?3, ?4, ?5, 'Pending', ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """,
            14);
        _deleteInstance = _statements.Prepare("DELETE FROM instances WHERE instance_key = ?1", 1);
        _insertPayload = _statements.Prepare("INSERT INTO payloads (instance_key, input) VALUES (?1, ?2)", 2);
        _updateInput = _statements.Prepare("UPDATE payloads SET input = ?2, output = NULL, failure = NULL WHERE instance_key = ?1", 2);
        _updateResult = _statements.Prepare("UPDATE payloads SET output = ?2, failure = ?3 WHERE instance_key = ?1", 3);
        _updateInstance = _statements.Prepare(
            $"""
            UPDATE instances SET status = ?2, updated_at = ?3, completed_at = ?4, custom_status = ?5, size = ?6, compressed_size = ?7, deliveries = 0
            WHERE instance_key = ?1 AND {InstanceStatus.LiveSql}
            """,
            7);
        _renewInstance = _statements.Prepare(
            """
            UPDATE instances SET execution_id = ?2, name = ?3, version = ?4, created_at = ?5, tags = ?6, parent_execution_id = ?7 WHERE instance_key = ?1
            """,
            7);
        _reopenInstance = _statements.Prepare("UPDATE instances SET status = 'Running', updated_at = ?2, completed_at = NULL WHERE instance_key = ?1", 2);
        _insertHistory = _statements.Prepare("INSERT INTO history (instance_key, checkpoint, events) VALUES (?1, ?2, ?3)", 3);
        _deleteHistory = _statements.Prepare("DELETE FROM history WHERE instance_key = ?1", 1);
        _readHistory = _statements.Prepare("SELECT events FROM history WHERE instance_key = ?1 ORDER BY checkpoint", 1);
        _insertMessage = _statements.Prepare(
            "INSERT INTO messages (message_id, instance_key, execution_id, visible_at, message) VALUES (?1, ?2, ?3, ?4, ?5)", 5);
        _deleteMessage = _statements.Prepare("DELETE FROM messages WHERE instance_key = ?1 AND message_id = ?2", 2);
        _deleteMessages = _statements.Prepare("DELETE FROM messages WHERE instance_key = ?1", 1);
        _deleteMessagesOfOthers = _statements.Prepare("DELETE FROM messages WHERE instance_key = ?1 AND execution_id <> ?2", 2);
        _readFirstMessage = _statements.Prepare("SELECT message FROM messages WHERE instance_key = ?1 ORDER BY message_id LIMIT 1", 1);
        _insertActivity = _statements.Prepare("INSERT INTO activities (activity_id, instance_key, message) VALUES (?1, ?2, ?3)", 3);
        _deleteActivity = _statements.Prepare("DELETE FROM activities WHERE instance_key = ?1 AND activity_id = ?2", 2);
        LastId = (long)Scalar("SELECT last_id FROM commits")!;
    }

    /// <summary>The last number given to a row. None is given twice.</summary>
    public long LastId { get; private set; }

    public InstanceRow? Find(string instanceId) => ReadRow(Bind(_find, instanceId));

    public InstanceRow? Find(long key) => ReadRow(Bind(_findByKey, key));

    /// <summary>Another instance of an orchestration's name that has not ended.</summary>
    public InstanceRow? FindOtherLive(string name, string instanceId) => ReadRow(Bind(_findOtherLive, name, instanceId));

    /// <summary>Adds an instance that has not begun.</summary>
    /// <returns>Its key.</returns>
    public long AddInstance(ExecutionStartedEvent start, int generation)
    {
        var key = NextId();
        var parent = start.ParentInstance;
        Bind(
            _insertInstance,
            key,
            start.OrchestrationInstance.InstanceId,
            start.OrchestrationInstance.ExecutionId,
            start.Name ?? string.Empty,
            start.Version,
            Ticks.Of(start.Timestamp),
            start.ScheduledStartTime is { } scheduled ? Ticks.Of(scheduled) : null,
            generation,
            parent?.OrchestrationInstance?.InstanceId,
            parent?.OrchestrationInstance?.ExecutionId,
            parent?.Name,
            parent?.Version,
            parent?.TaskScheduleId,
            EventJson.WriteTags(start.Tags)).ExecuteNonQuery();
        Bind(_insertPayload, key, start.Input).ExecuteNonQuery();
        return key;
    }

    /// <summary>Removes an instance with its history, its messages and its activities.</summary>
    public void DeleteInstance(long key) => Bind(_deleteInstance, key).ExecuteNonQuery();

    /// <summary>Writes what a checkpoint made of a live instance.</summary>
    /// <returns>False, and nothing is written, when it is not live any more.</returns>
    public bool UpdateInstance(long key, OrchestrationState state) => Bind(
        _updateInstance,
        key,
        state.OrchestrationStatus.ToString(),
        Ticks.Of(state.LastUpdatedTime),
        InstanceStatus.IsLive(state.OrchestrationStatus) ? null : Ticks.Of(state.CompletedTime),
        state.Status,
        state.Size,
        state.CompressedSize).ExecuteNonQuery() > 0;

    /// <summary>Gives an instance a new execution: nothing of the history before is left, nor what was sent to that one.</summary>
    public void RenewInstance(long key, OrchestrationState state)
    {
        Bind(
            _renewInstance,
            key,
            state.OrchestrationInstance.ExecutionId,
            state.Name ?? string.Empty,
            state.Version,
            Ticks.Of(state.CreatedTime),
            EventJson.WriteTags(state.Tags),
            state.ParentInstance?.OrchestrationInstance?.ExecutionId).ExecuteNonQuery();
        Bind(_updateInput, key, state.Input).ExecuteNonQuery();
        Bind(_deleteHistory, key).ExecuteNonQuery();
        Bind(_deleteMessagesOfOthers, key, state.OrchestrationInstance.ExecutionId).ExecuteNonQuery();
    }

    /// <summary>Lets an ended instance run again.</summary>
    public void ReopenInstance(long key, DateTime now)
    {
        Bind(_reopenInstance, key, Ticks.Of(now)).ExecuteNonQuery();
        WriteResult(key, output: null, failure: null);
    }

    public void WriteResult(long key, string? output, FailureDetails? failure) =>
        Bind(_updateResult, key, output, EventJson.WriteFailure(failure)).ExecuteNonQuery();

    public void AddHistory(long key, string events) => Bind(_insertHistory, key, NextId(), events).ExecuteNonQuery();

    public List<HistoryEvent> ReadHistory(long key) => ReadTexts(Bind(_readHistory, key), EventJson.ReadEvents).SelectMany(events => events).ToList();

    /// <summary>Adds a message.</summary>
    /// <returns>Its id.</returns>
    public long AddMessage(long key, string? executionId, long visibleAt, string json)
    {
        var id = NextId();
        Bind(_insertMessage, id, key, executionId, visibleAt, json).ExecuteNonQuery();
        return id;
    }

    public void DeleteMessage(long key, long id) => Bind(_deleteMessage, key, id).ExecuteNonQuery();

    public void DeleteMessages(long key) => Bind(_deleteMessages, key).ExecuteNonQuery();

    /// <summary>The first message that an instance was sent: its start, as long as it has not begun.</summary>
    public TaskMessage? ReadFirstMessage(long key) => ReadTexts(Bind(_readFirstMessage, key), EventJson.ReadMessage).SingleOrDefault();

    public long AddActivity(long key, string json)
    {
        var id = NextId();
        Bind(_insertActivity, id, key, json).ExecuteNonQuery();
        return id;
    }

    /// <returns>Whether it was there: its instance may have been removed, and all that belonged to it.</returns>
    public bool DeleteActivity(long key, long id) => Bind(_deleteActivity, key, id).ExecuteNonQuery() > 0;

    /// <summary>Runs a statement that is too rare to be kept prepared. Its parameters are ?1, ?2 and so on.</summary>
    public object? Scalar(string text, params ReadOnlySpan<object?> values)
    {
        using StatementSet once = new(_connection);
        return Bind(once.Prepare(text, values.Length), values).ExecuteScalar();
    }

    public void Dispose() => _statements.Dispose();

    private long NextId() => ++LastId;

    private static InstanceRow? ReadRow(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        return row.Read()
            ? new InstanceRow(
                row.GetInt64(0),
                row.GetString(1),
                row.IsDBNull(2) ? null : row.GetString(2),
                Enum.Parse<OrchestrationStatus>(row.GetString(3)),
                row.GetInt32(4))
            : null;
    }

    private static List<T> ReadTexts<T>(SqliteCommand command, Func<string, T> map)
    {
        List<T> texts = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            texts.Add(map(reader.GetString(0)));
        }

        return texts;
    }
}
