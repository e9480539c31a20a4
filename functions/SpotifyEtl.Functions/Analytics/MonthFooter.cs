using System.Buffers.Binary;
using Parquet;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Analytics;

/// <summary>The end of a month's file, which tells what is in it.</summary>
/// <param name="Rows">The rows of the file.</param>
/// <param name="NewestExtraction">When the newest of them was extracted; null: the file does not tell.</param>
public sealed record MonthFooter(long Rows, DateTimeOffset? NewestExtraction)
{
    private const string ExtractionColumn = "extracted_at";

    /// <summary>Reads it.</summary>
    /// <param name="key">The file's key, for the message.</param>
    /// <param name="stream">Its bytes, seekable.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="PermanentEtlException">It is no Parquet file, or not all of one.</exception>
    public static async Task<MonthFooter> ReadAsync(string key, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await using var parquet = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken);
            return new MonthFooter(parquet.Metadata?.NumRows ?? 0, NewestIn(parquet));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or EtlException))
        {
            throw new PermanentEtlException($"{key} cannot be read: {exception.Message}", exception);
        }
    }

    // A number of microseconds: see MonthSchema.
    private static DateTimeOffset? NewestIn(ParquetReader parquet)
    {
        var newest = (parquet.Metadata?.RowGroups ?? [])
            .SelectMany(group => group.Columns)
            .Where(column => column.MetaData?.PathInSchema is [ExtractionColumn])
            .Select(column => column.MetaData!.Statistics?.MaxValue)
            .Where(value => value is { Length: sizeof(long) })
            .Select(value => (long?)BinaryPrimitives.ReadInt64LittleEndian(value))
            .Max();
        return newest is { } microseconds ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null;
    }
}
