using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Names, texts and paths as DuckDB's SQL spells them.</summary>
internal static partial class DuckDbText
{
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The glob pattern that only this path matches: what reads files takes their paths for patterns.</summary>
    public static string Pattern(string path) => GlobCharacter().Replace(path, "[$0]");

    [GeneratedRegex(@"[*?\[]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GlobCharacter();
}
