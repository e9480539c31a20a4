using System.Text.Json;
using DuckDB.NET.Data;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Lets through one statement that only reads. DuckDB's own parser decides, before anything runs: allowing the lake's folder to a session
/// allows writing there too, so COPY … TO and ATTACH must not get as far as that.
/// </summary>
internal static class ReadOnlySql
{
    /// <exception cref="PermanentEtlException">The text is no SQL, not one statement, or no query.</exception>
    public static void Check(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($sql::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter("sql", sql));
        using var parsed = JsonDocument.Parse((string)command.ExecuteScalar()!);
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw Refusal(root, sql);
        }

        var statements = root.GetProperty("statements").GetArrayLength();
        if (statements != 1)
        {
            throw new PermanentEtlException(
                statements == 0 ? "The query is empty." : $"The query holds {statements} statements. Run one at a time.");
        }
    }

    private static PermanentEtlException Refusal(JsonElement error, string sql)
    {
        if (error.GetProperty("error_type").GetString() != "parser")
        {
            return new PermanentEtlException(
                "Only queries run here: SELECT, WITH, VALUES, DESCRIBE or SHOW TABLES. The tables themselves change by runs alone.");
        }

        var place = error.TryGetProperty("position", out var position) && int.TryParse(position.GetString(), out var offset) ? Place(sql, offset) : "";
        return new PermanentEtlException($"Parser Error: {error.GetProperty("error_message").GetString()}{place}");
    }

    private static string Place(string sql, int codePoints)
    {
        var (line, column) = (1, 1);
        foreach (var rune in sql.EnumerateRunes().Take(codePoints))
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return $" (line {line}, column {column})";
    }
}
