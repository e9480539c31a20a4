using System.Text.Json.Serialization;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>What the catalog knows of a table: <c>.catalog/{table}_data.json</c> in the lake, written by the table's crawler.</summary>
/// <param name="Table">The table's catalog name, such as <c>album_data</c>.</param>
/// <param name="Columns">The columns of every file, in order; all of them strings.</param>
/// <param name="Rows">The rows of all files.</param>
/// <param name="Files">The files that the last successful crawl saw, in ordinal order of name.</param>
/// <param name="LastCrawl">How the last crawl ended, successful or not; of one that succeeded, the message says what it left out.</param>
internal sealed record CatalogEntry(string Table, IReadOnlyList<string> Columns, long Rows, IReadOnlyList<CatalogFile> Files, LastCrawl LastCrawl)
{
    /// <summary>
    /// Whether every change since the crawl has left a mark, so that the next one may go by those; absent in the entries of earlier versions, which left none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CanAdvance { get; init; }

    /// <summary>
    /// The names of the files of the folder that are none of the table's, or damaged: every crawl looks at them again, and tells of them. Absent: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Unreadable { get; init; }

    /// <summary>Whether it can be an entry of a table: whatever its JSON held, its files are files of the table's folder, each once.</summary>
    public bool IsOf(Table table) =>
        Table == table.CatalogName
        && Columns.Count > 0
        && !Columns.Any(string.IsNullOrEmpty)
        && Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == Columns.Count
        && Files.All(file => file is { SizeBytes: >= 0, Rows: >= 0 } && IsName(file.Name))
        && Unreadable?.All(IsName) is not false
        && Files.Select(file => file.Name).Distinct(StringComparer.Ordinal).Count() == Files.Count;

    private static bool IsName(string name) => FolderKey.IsValid(name) && !FolderKey.IsHidden(name);

    public static CatalogEntry Empty(Table table, LastCrawl crawl) => new(table.CatalogName, table.Columns, 0, [], crawl);
}

/// <summary>A file of a table.</summary>
/// <param name="Name">Its path in the table's folder.</param>
/// <param name="Modified">
/// When it was last written, or null when that was so close to the crawl that a later change could bear the same time: such a file is read
/// again by the next crawl.
/// </param>
internal sealed record CatalogFile(string Name, long SizeBytes, DateTimeOffset? Modified, long Rows)
{
    /// <summary>How many of the table's columns a file of an earlier version has, the first ones; absent: all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Columns { get; init; }
}

/// <summary>What is read of an entry for its crawler's status.</summary>
internal sealed record CatalogHead(LastCrawl LastCrawl);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CatalogEntry))]
[JsonSerializable(typeof(CatalogHead))]
internal sealed partial class CatalogJson : JsonSerializerContext;
