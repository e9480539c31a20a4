using System.Globalization;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>Where the result of <c>query</c> goes, and in which format.</summary>
/// <param name="shell">What the program is called from.</param>
/// <param name="format">The format.</param>
/// <param name="file">A full path; null: to the shell.</param>
internal sealed class QueryTarget(Shell shell, QueryFormat format, string? file)
{
    private static readonly Dictionary<string, QueryFormat> s_endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = QueryFormat.Csv,
        [".json"] = QueryFormat.Json,
        [".md"] = QueryFormat.Markdown,
        [".parquet"] = QueryFormat.Parquet,
        [".txt"] = QueryFormat.Table,
    };

    public QueryFormat Format => format;

    public bool IsFile => file is not null;

    /// <param name="shell">What the program is called from.</param>
    /// <param name="format">The format that was asked for; null: none was.</param>
    /// <param name="outFile">The file that was named; null: none was.</param>
    /// <exception cref="UsageException">The result cannot be written there, or the file's name does not tell how.</exception>
    public static QueryTarget Of(Shell shell, QueryFormat? format, string? outFile)
    {
        if (outFile is not null)
        {
            var path = OutFile.Given(shell, outFile, "result", "songs.parquet");
            return new QueryTarget(shell, format ?? Told(path), path);
        }

        return format is not QueryFormat.Parquet || shell.Width is null
            ? new QueryTarget(shell, format ?? QueryFormat.Table, file: null)
            : throw new UsageException("A Parquet file is nothing for a terminal: name a file with --out songs.parquet, or redirect it with > songs.parquet.");
    }

    public async Task WriteAsync(QueryResult result, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await QueryOutput.WriteAsync(result, format, shell.OpenOut(), shell.Screen?.Profile.Width ?? shell.Width, cancellationToken);
            return;
        }

        var rows = await OutFile.WriteAsync(
            file, "result", stream => QueryOutput.WriteAsync(result, format, stream, width: null, cancellationToken));
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row is" : "rows are")} in {shell.Shown(file)}"));
    }

    private static QueryFormat Told(string path) => s_endings.TryGetValue(Path.GetExtension(path), out var format)
        ? format
        : throw new UsageException(
            $"--out {Path.GetFileName(path)}: the name does not tell the format. Give --format, or a name that ends in {string.Join(", ", s_endings.Keys)}.");
}
