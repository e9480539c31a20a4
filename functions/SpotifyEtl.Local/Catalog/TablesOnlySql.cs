using System.Buffers;
using System.Text.Json;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Holds a parsed query to the tables, the views and what it computes itself: no file, no setting, nothing of the engine's own. It goes by the tree that
/// DuckDB's parser makes, wherever in it something stands: what may stand in FROM is named here, and of functions those that look or act outside of a query
/// are refused.
/// </summary>
/// <param name="database">The name by which SQL may qualify the tables.</param>
internal sealed class TablesOnlySql(string database)
{
    private const string Catalog = "AwsDataCatalog";
    private const string InformationSchema = "information_schema";
    private const string Allowed = "SQL reads the lake's tables here, and nothing else.";

    private static readonly HashSet<string> s_sources = new(StringComparer.Ordinal)
    {
        "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT", "SHOW_REF", "COLUMN_DATA", "DELIM_GET", "CTE",
    };

    private static readonly HashSet<string> s_tableFunctions =
        new(StringComparer.OrdinalIgnoreCase) { "unnest", "generate_series", "range", "repeat", "repeat_row", "json_each", "json_tree" };

    private static readonly HashSet<string> s_describing = new(StringComparer.OrdinalIgnoreCase) { "tables", "columns", "schemata" };

    private static readonly HashSet<string> s_shown =
        new(StringComparer.OrdinalIgnoreCase) { "", "tables", "schemas", "databases", "__show_tables_expanded", "__show_tables" };

    private static readonly HashSet<string> s_refusedFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "current_setting", "set_config", "getenv", "getvariable", "nextval", "currval", "setseed", "write_log", "add_parquet_key", "json_serialize_sql",
        "json_serialize_plan", "json_deserialize_sql", "json_execute_serialized_sql", "sleep_ms", "pg_sleep", "which_secret", "stats",
    };

    private static readonly string[] s_enginePrefixes = ["duckdb_", "pragma_", "sqlite_", "pg_", "read_", "parquet_"];

    private static readonly string[] s_harmless = ["pg_typeof", "pg_size_pretty"];

    // A name with one of these may be a path, which the engine would open if no table had the name.
    private static readonly SearchValues<char> s_pathCharacters = SearchValues.Create("./\\:*?[");

    /// <exception cref="PermanentEtlException">It reaches for something else; the message names it.</exception>
    public void Check(JsonElement statement)
    {
        // Expressions may nest deeper than a thread's stack.
        Stack<JsonElement> left = new([statement]);
        while (left.TryPop(out var node))
        {
            if (node.ValueKind is JsonValueKind.Array)
            {
                foreach (var item in node.EnumerateArray())
                {
                    left.Push(item);
                }
            }
            else if (node.ValueKind is JsonValueKind.Object)
            {
                CheckObject(node);
                foreach (var property in node.EnumerateObject())
                {
                    left.Push(property.Value);
                }
            }
        }
    }

    private void CheckObject(JsonElement node)
    {
        if (node.TryGetProperty("function_name", out var function) && function.ValueKind is JsonValueKind.String)
        {
            CheckFunction(function.GetString()!);
        }

        if (node.TryGetProperty("from_table", out var source))
        {
            CheckSource(source);
        }

        switch (Text(node, "type"))
        {
            case "BASE_TABLE":
                CheckTable(Text(node, "catalog_name"), Text(node, "schema_name"), Text(node, "table_name"));
                break;
            case "TABLE_FUNCTION" when Text(node.GetProperty("function"), "function_name") is var name && !s_tableFunctions.Contains(name):
                throw Refusal(name);
            case "JOIN" when node.TryGetProperty("left", out var left):
                CheckSource(left);
                CheckSource(node.GetProperty("right"));
                break;
            case "SHOW_REF":
                CheckShown(Text(node, "table_name").Trim('"'));
                break;
        }
    }

    private static void CheckSource(JsonElement source)
    {
        if (Text(source, "type") is var type && !s_sources.Contains(type))
        {
            throw Refusal($"a source of the kind {type}");
        }
    }

    private static void CheckFunction(string name)
    {
        if (s_refusedFunctions.Contains(name) || (IsOfEngine(name) && !s_harmless.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            throw Refusal(name);
        }
    }

    private static void CheckShown(string what)
    {
        if (!s_shown.Contains(what))
        {
            throw Refusal("SHOW " + what);
        }
    }

    private void CheckTable(string catalog, string schema, string table)
    {
        var name = string.Join('.', ((string[])[catalog, schema, table]).Where(part => part.Length > 0));
        var isOurs = catalog.Length == 0 || catalog.Equals(Catalog, StringComparison.OrdinalIgnoreCase);
        var isTable = (schema.Length == 0 || schema.Equals(database, StringComparison.OrdinalIgnoreCase))
            && table.AsSpan().IndexOfAny(s_pathCharacters) < 0
            && !IsOfEngine(table);
        var describes = schema.Equals(InformationSchema, StringComparison.OrdinalIgnoreCase) && s_describing.Contains(table);
        if (!isOurs || !(isTable || describes))
        {
            throw Refusal(name);
        }
    }

    private static bool IsOfEngine(string name) => Array.Exists(s_enginePrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string Text(JsonElement node, string property) =>
        node.ValueKind is JsonValueKind.Object && node.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()!
            : "";

    private static PermanentEtlException Refusal(string what) => new($"{what} is not allowed. {Allowed}");
}
