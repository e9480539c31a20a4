using CsvHelper;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Formats;

internal static class CsvOutput
{
    private static readonly CsvWriterOptions s_options = new() { NewLine = "\n" };

    public static async Task<long> WriteAsync(QueryResult result, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = CsvWriter.Create(output, s_options, leaveOpen: true);
        foreach (var column in result.Columns)
        {
            writer.WriteField(column.Name);
        }

        await writer.EndRecordAsync(cancellationToken);
        var count = 0L;
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            foreach (var value in row)
            {
                writer.WriteField(value);
            }

            await writer.EndRecordAsync(cancellationToken);
            count++;
        }

        return count;
    }
}
