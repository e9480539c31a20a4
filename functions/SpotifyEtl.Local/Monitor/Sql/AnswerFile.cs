using System.Globalization;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Formats;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>A kind of file that an answer can be had as.</summary>
/// <param name="Name">What a form calls it, which is also the file's extension.</param>
/// <param name="Label">What the page calls it.</param>
/// <param name="Format">How the answer is written.</param>
/// <param name="ContentType">What the file is said to be.</param>
public sealed record AnswerFile(string Name, string Label, QueryFormat Format, string ContentType)
{
    public static IReadOnlyList<AnswerFile> All { get; } =
    [
        new("csv", "CSV", QueryFormat.Csv, "text/csv; charset=utf-8; header=present"),
        new("json", "JSON", QueryFormat.Json, "application/json"),
        new("parquet", "Parquet", QueryFormat.Parquet, "application/vnd.apache.parquet"),
    ];

    /// <exception cref="PermanentEtlException">There is no such kind.</exception>
    public static AnswerFile Find(string name) => All.FirstOrDefault(file => file.Name == name)
        ?? throw new PermanentEtlException($"An answer is a file of one of these kinds: {string.Join(", ", All.Select(file => file.Name))}.");

    /// <summary>What the file is called: for a named query by its name, for others by the time.</summary>
    public string NameFor(string sql, DateTimeOffset now) => NamedQueries.All.FirstOrDefault(query => query.Sql == sql) is { } query
        ? $"{query.Name}.{Name}"
        : string.Create(CultureInfo.InvariantCulture, $"query-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.{Name}");
}
