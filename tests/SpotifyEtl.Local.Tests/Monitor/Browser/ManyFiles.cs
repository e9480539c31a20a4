using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace SpotifyEtl.Local.Tests.Monitor.Browser;

/// <summary>
/// A run of two thousand files, made of a real one of a few: its history with the one batch as forty, its figures, and a record for each file. Nobody may
/// hold the state folder meanwhile.
/// </summary>
internal static class ManyFiles
{
    public const int Count = 2_000;

    private const int BatchSize = 50;
    private const int Batches = Count / BatchSize;

    /// <param name="store">The database with the real run.</param>
    /// <param name="lake">The lake's folder.</param>
    /// <param name="model">The real run's id.</param>
    /// <param name="runId">The id of the one that is made.</param>
    public static void Make(string store, string lake, string model, string runId)
    {
        using SqliteConnection connection = new($"Data Source={store}");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Execute(
            connection,
            """
            INSERT INTO instances (instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, generation, custom_status)
            SELECT $runId, execution_id || 'm', name, version, status, created_at, updated_at, completed_at, generation,
                   replace(custom_status, '"transformed":13,"rejected":1', '"transformed":1995,"rejected":5')
            FROM instances WHERE instance_id = $model;

            INSERT INTO payloads (instance_key, input, output, failure)
            SELECT copy.instance_key, input,
                   replace(replace(output, $model, $runId), '"transformed":13,"rejected":1', '"transformed":1995,"rejected":5'), failure
            FROM payloads JOIN instances AS run USING (instance_key) JOIN instances AS copy ON copy.instance_id = $runId WHERE run.instance_id = $model
            """,
            ("$model", model),
            ("$runId", runId));
        foreach (var events in HistoryOf(connection, model))
        {
            Execute(
                connection,
                """
                INSERT INTO history (checkpoint, instance_key, events)
                SELECT (SELECT max(checkpoint) FROM history) + 1, instance_key, $events FROM instances WHERE instance_id = $runId
                """,
                ("$events", Multiplied(events.Replace(model, runId, StringComparison.Ordinal))),
                ("$runId", runId));
        }

        // The numbers that the store has not given by itself it must not give again.
        Execute(connection, "UPDATE commits SET last_id = last_id + 1000");
        transaction.Commit();
        WriteRecords(lake, model, runId);
    }

    private static List<string> HistoryOf(SqliteConnection connection, string runId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT events FROM history JOIN instances USING (instance_key) WHERE instance_id = $runId ORDER BY checkpoint";
        command.Parameters.AddWithValue("$runId", runId);
        using var reader = command.ExecuteReader();
        List<string> checkpoints = [];
        while (reader.Read())
        {
            checkpoints.Add(reader.GetString(0));
        }

        return checkpoints;
    }

    // Each batch is asked for where the one batch was, and answered where it was, under numbers that the run has not used.
    private static string Multiplied(string events)
    {
        var checkpoint = JsonNode.Parse(events)!.AsArray();
        JsonArray many = [];
        foreach (var happened in checkpoint)
        {
            var copies = IsOfBatch(happened!) ? Batches : 1;
            for (var batch = 0; batch < copies; batch++)
            {
                many.Add(copies == 1 ? happened!.DeepClone() : OfBatch(happened!, batch));
            }
        }

        return many.ToJsonString();
    }

    private static bool IsOfBatch(JsonNode happened) =>
        (string?)happened["Name"] == "ProcessFiles" || ((string?)happened["Result"])?.StartsWith("{\"files\":", StringComparison.Ordinal) == true;

    private static JsonNode OfBatch(JsonNode happened, int batch)
    {
        var copy = happened.DeepClone();
        var at = DateTime.Parse((string)copy["Timestamp"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).AddMilliseconds(batch * 9);
        copy["Timestamp"] = at.ToString("O", CultureInfo.InvariantCulture);
        if (copy["TaskScheduledId"] is not null)
        {
            copy["TaskScheduledId"] = 1000 + batch;
            return copy;
        }

        copy["EventId"] = 1000 + batch;
        copy["InstanceId"] = ((string)copy["InstanceId"]!).Replace("files-1", $"files-{batch + 1}", StringComparison.Ordinal);
        var names = Enumerable.Range(batch * BatchSize, BatchSize).Select(number => (JsonNode)NameOf(number));
        copy["Input"] = new JsonObject { ["names"] = new JsonArray([.. names]) }.ToJsonString();
        return copy;
    }

    private static void WriteRecords(string lake, string model, string runId)
    {
        var folder = Path.Combine(lake, "run_data", "files");
        var loaded = Directory.EnumerateFiles(Path.Combine(folder, model)).Select(path => JsonNode.Parse(File.ReadAllText(path))!)
            .First(record => (string?)record["status"] == "Transformed" && (long)record["items"]! > 0);
        Directory.CreateDirectory(Path.Combine(folder, runId));
        for (var number = 0; number < Count; number++)
        {
            loaded["runId"] = runId;
            loaded["rawFile"] = NameOf(number);
            loaded["elapsedMs"] = number % 97;
            loaded["rows"]!["rejected"] = number % 5 == 0 ? number % 11 : 0;
            loaded["rejected"]!["local_track"] = number % 5 == 0 ? number % 11 : 0;
            loaded["status"] = number % 400 == 7 ? "Rejected" : "Transformed";
            loaded["reason"] = number % 400 == 7 ? "not_json" : null;
            loaded["message"] = number % 400 == 7 ? "The file is not valid JSON: it ends at byte 17." : null;
            File.WriteAllText(Path.Combine(folder, runId, $"list-{number:00000}.json"), loaded.ToJsonString());
        }
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"spotify_raw_list-{number:00000}_20260102T030405Z.json");

    private static void Execute(SqliteConnection connection, string sql, params (string Name, string Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
