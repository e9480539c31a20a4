using System.Text;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Formats;

/// <summary>How query results are written.</summary>
public enum QueryFormat
{
    /// <summary>Aligned columns, for people.</summary>
    Table,

    /// <summary>A field a line, for rows that are wide.</summary>
    Vertical,

    /// <summary>RFC 4180 with a header, lines ending in LF, a missing value being an empty field.</summary>
    Csv,

    /// <summary>An array of objects, a row on each line.</summary>
    Json,

    /// <summary>A file of typed columns.</summary>
    Parquet,

    /// <summary>A table of GitHub's Markdown.</summary>
    Markdown,
}

/// <summary>Writes query results as they are read.</summary>
public static class QueryOutput
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a result to <paramref name="output"/>, which stays open; text is in UTF-8.</summary>
    /// <param name="width">The columns of the terminal, to which a table is fitted; null where it need not fit, as in a file.</param>
    /// <returns>How many rows there were.</returns>
    public static async Task<long> WriteAsync(
        QueryResult result, QueryFormat format, Stream output, int? width = null, CancellationToken cancellationToken = default)
    {
        switch (format)
        {
            case QueryFormat.Csv:
                return await CsvOutput.WriteAsync(result, output, cancellationToken);
            case QueryFormat.Json:
                return await JsonOutput.WriteAsync(result, output, cancellationToken);
            case QueryFormat.Parquet:
                return await ParquetOutput.WriteAsync(result, output, cancellationToken);
            default:
                await using (var text = new StreamWriter(output, s_utf8, leaveOpen: true) { NewLine = "\n" })
                {
                    return format switch
                    {
                        QueryFormat.Vertical => await VerticalOutput.WriteAsync(result, text, cancellationToken),
                        QueryFormat.Markdown => await MarkdownOutput.WriteAsync(result, text, cancellationToken),
                        _ => await TableOutput.WriteAsync(result, text, width, cancellationToken),
                    };
                }
        }
    }
}
