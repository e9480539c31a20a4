using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Soak.Chaos;

/// <summary>What a state file holds while no host runs, read without the engine's code.</summary>
/// <param name="Instances">All instances, by id.</param>
/// <param name="Messages">How many messages and activities wait.</param>
internal sealed record StateSnapshot(IReadOnlyDictionary<string, StoredOrchestration> Instances, int Messages)
{
    public static StateSnapshot Empty { get; } = new(new Dictionary<string, StoredOrchestration>(StringComparer.Ordinal), 0);

    /// <summary>Reads a state file by way of a copy, so that what a kill left in the log is for the next host to recover.</summary>
    /// <exception cref="ChaosException">The file is damaged.</exception>
    public static StateSnapshot Read(string path)
    {
        if (!File.Exists(path))
        {
            return Empty;
        }

        var copy = Directory.CreateTempSubdirectory("chaos-snapshot-");
        try
        {
            foreach (var suffix in new[] { string.Empty, "-wal" }.Where(suffix => File.Exists(path + suffix)))
            {
                File.Copy(path + suffix, Path.Combine(copy.FullName, "copy.db" + suffix));
            }

            using SqliteConnection connection = new(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(copy.FullName, "copy.db"), Pooling = false }.ToString());
            connection.Open();
            return Read(connection);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static StateSnapshot Read(SqliteConnection connection)
    {
        var damage = Rows(connection, "PRAGMA integrity_check", row => row.GetString(0));
        ChaosException.Require(damage is ["ok"], $"the state file is damaged: {string.Join("; ", damage)}");
        if (Rows(connection, "SELECT name FROM sqlite_master WHERE name = 'messages'", row => row.GetString(0)).Count == 0)
        {
            return Empty;
        }

        var steps = Rows(
            connection,
            "SELECT instance_id, events FROM history JOIN instances USING (instance_key) ORDER BY instance_key, checkpoint",
            row => (Id: row.GetString(0), Events: row.GetString(1))).ToLookup(step => step.Id, StringComparer.Ordinal);
        var instances = Rows(
            connection,
            "SELECT instance_id, execution_id, status, input, output, custom_status FROM instances LEFT JOIN payloads USING (instance_key)",
            row => new StoredOrchestration(
                row.GetString(0),
                row.IsDBNull(1) ? string.Empty : row.GetString(1),
                row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3),
                row.IsDBNull(4) ? null : row.GetString(4),
                row.IsDBNull(5) ? null : row.GetString(5),
                [.. steps[row.GetString(0)].Select(step => new StoredStep(step.Events))]));
        var messages = Rows(connection, "SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM activities)", row => row.GetInt32(0)).Single();
        return new StateSnapshot(instances.ToDictionary(instance => instance.Id, StringComparer.Ordinal), messages);
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}

/// <summary>An instance's row and its steps.</summary>
internal sealed record StoredOrchestration(
    string Id, string ExecutionId, string Status, string? Input, string? Output, string? CustomStatus, IReadOnlyList<StoredStep> Steps)
{
    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Status is not ("Pending" or "Running" or "Suspended");

    /// <summary>All that happened, in order.</summary>
    public IEnumerable<StoredEvent> Events => Steps.SelectMany(step => step.Events);
}

/// <summary>One committed step, as text.</summary>
internal sealed record StoredStep(string Text)
{
    public IReadOnlyList<StoredEvent> Events { get; } = StoredEvent.Parse(Text);
}

/// <summary>One event of a history.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="TaskId">The number of the request that it makes or answers.</param>
/// <param name="Input">What a request passes on.</param>
internal sealed record StoredEvent(string Type, int? TaskId, string? Input)
{
    // Of an answer, the number of what it answers; of a request, its own.
    private static readonly string[] s_taskId = ["TaskScheduledId", "TimerId", "EventId"];

    public static IReadOnlyList<StoredEvent> Parse(string step)
    {
        using var document = JsonDocument.Parse(step);
        return [.. document.RootElement.EnumerateArray().Select(element => new StoredEvent(
            element.GetProperty("$type").GetString()![..^"Event".Length],
            s_taskId.Select(name => element.TryGetProperty(name, out var id) ? id.GetInt32() : default(int?)).FirstOrDefault(id => id >= 0),
            element.TryGetProperty(nameof(Input), out var input) ? input.GetString() : null))];
    }

    public override string ToString() => TaskId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Type} #{id}") : Type;
}
