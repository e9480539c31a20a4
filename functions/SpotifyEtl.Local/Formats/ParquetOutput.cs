using System.Globalization;
using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>
/// Writes rows as a Parquet file whose columns have their types, as the typed tables have: what Parquet has no such type for is text. Every value may be
/// missing. Memory holds a row group, which ends after so many rows, or sooner where they are large.
/// </summary>
internal static class ParquetOutput
{
    private const int RowsPerGroup = 16_384;
    private const long BytesPerGroup = 32 << 20;
    private const int ShownOfValue = 60;

    private static readonly ParquetOptions s_options = new()
    {
        CompressionMethod = CompressionMethod.Zstd,
        CompressionLevel = CompressionLevel.Fastest,
        DictionaryEncodingThreshold = 0.5,
        DictionaryEncodingSampleSize = 1024,
    };

    /// <exception cref="PermanentEtlException">There is no column, or a value that is none of its column's type.</exception>
    public static async Task<long> WriteAsync(QueryResult result, Stream output, CancellationToken cancellationToken)
    {
        if (result.Columns.Count == 0)
        {
            throw new PermanentEtlException("The statement gives no columns, and a Parquet file is made of them. Ask for another format.");
        }

        // Readers take names that differ in nothing but case for one.
        var columns = ColumnNames.Apart(result.Columns, StringComparer.OrdinalIgnoreCase)
            .Zip(result.Columns, (name, column) => ParquetColumn.For(name, column.Type)).ToArray();
        ParquetSchema schema = new(columns.Select(column => column.Field));
        using MemoryStream written = new();
        var parquet = await ParquetWriter.CreateAsync(schema, new CountingStream(written), s_options, cancellationToken: cancellationToken);
        var (count, gathered, bytes) = (0L, 0, 0L);
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            count++;
            gathered++;
            bytes += Add(columns, result.Columns, row, count);
            if (gathered == RowsPerGroup || bytes >= BytesPerGroup)
            {
                await WriteGroupAsync(parquet, columns, cancellationToken);
                await HandOverAsync(written, output, cancellationToken);
                (gathered, bytes) = (0, 0);
            }
        }

        if (gathered > 0)
        {
            await WriteGroupAsync(parquet, columns, cancellationToken);
        }

        await parquet.DisposeAsync();
        await HandOverAsync(written, output, cancellationToken);
        return count;
    }

    /// <summary>Adds a row and tells about how many bytes of memory it takes.</summary>
    private static long Add(ParquetColumn[] columns, IReadOnlyList<QueryColumn> told, IReadOnlyList<string?> row, long number)
    {
        var bytes = 0L;
        for (var i = 0; i < columns.Length; i++)
        {
            if (!columns[i].TryAdd(row[i]))
            {
                var value = TerminalText.Cut(TerminalText.Clean(row[i]!), ShownOfValue);
                throw new PermanentEtlException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {number}, column {told[i].Name}: '{value}' cannot be written to Parquet as {told[i].Type}. CAST the column to VARCHAR, or to a type "
                        + $"that takes all its values."));
            }

            bytes += ParquetColumn.BytesOf(row[i]);
        }

        return bytes;
    }

    private static async Task WriteGroupAsync(ParquetWriter parquet, ParquetColumn[] columns, CancellationToken cancellationToken)
    {
        using var group = parquet.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group, cancellationToken);
            column.Clear();
        }
    }

    // The output may be one that can neither be sought in nor be written to but asynchronously.
    private static async Task HandOverAsync(MemoryStream written, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length), cancellationToken);
        written.SetLength(0);
    }
}
