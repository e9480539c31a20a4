using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Names, texts and types as DuckDB's SQL spells them.</summary>
internal static class Spelling
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Cast(string sql, SqlType type) => $"CAST({sql} AS {DuckDbType.Of(type)})";

    /// <summary>A value of many parts, which is null where <paramref name="sql"/> is.</summary>
    public static string NullWith(string sql, string body) => $"CASE WHEN {sql} IS NOT NULL THEN {body} END";

    public static string Struct(IEnumerable<string> values) => $"struct_pack({string.Join(", ", values.Select((value, index) => $"f{index + 1} := {value}"))})";

    /// <summary>A field by its place, which begins at 1.</summary>
    public static string Field(string row, int place) => $"struct_extract_at({row}, {place})";

    public static string Zoned(string instant, string zone) => $"struct_pack(instant := {instant}, zone := {zone})";

    public static string Instant(string zoned) => $"struct_extract({zoned}, 'instant')";

    public static string Zone(string zoned) => $"struct_extract({zoned}, 'zone')";
}
