using System.Text.Json;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Lets through one statement that only reads, and only the tables. DuckDB's own parser decides, before anything runs: allowing the tables' folders to a
/// session allows writing there too, so COPY … TO and ATTACH must not get as far as that.
/// </summary>
internal static partial class ReadOnlySql
{
    // DuckDB's parser takes expressions of a thousand levels, each some levels of the tree.
    private static readonly JsonDocumentOptions s_tree = new() { MaxDepth = 16_384 };

    /// <exception cref="PermanentEtlException">The text is no SQL, not one statement, no query, or one of something else than the tables.</exception>
    public static void Check(DuckDBConnection connection, string sql, string database)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($sql::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter("sql", sql));
        using var parsed = JsonDocument.Parse((string)command.ExecuteScalar()!, s_tree);
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw Refusal(root, sql);
        }

        var statements = root.GetProperty("statements");
        if (statements.GetArrayLength() is var count and not 1)
        {
            throw new PermanentEtlException(count == 0 ? "The query is empty." : $"The query holds {count} statements. Run one at a time.");
        }

        new TablesOnlySql(database).Check(statements[0]);
    }

    private static PermanentEtlException Refusal(JsonElement error, string sql)
    {
        if (error.GetProperty("error_type").GetString() != "parser")
        {
            var verb = FirstWord().Match(sql) is { Success: true } word ? $"{word.Groups["word"].Value.ToUpperInvariant()} is not allowed. " : "";
            return new PermanentEtlException(
                $"{verb}Only queries run here: SELECT, WITH, VALUES, DESCRIBE or SHOW TABLES. The tables themselves change by runs alone.");
        }

        var place = error.TryGetProperty("position", out var position) && int.TryParse(position.GetString(), out var offset) ? Place(sql, offset) : "";
        return new PermanentEtlException($"Parser Error: {error.GetProperty("error_message").GetString()}{place}");
    }

    [GeneratedRegex(
        @"\A(\s|--[^\n]*(\n|\z)|/\*.*?\*/|[(;])*(?<word>\w+)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstWord();

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
