using Parquet;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Analytics;

/// <summary>The end of a month's file, which tells what is in it.</summary>
public static class MonthFooter
{
    /// <summary>The rows of the file.</summary>
    /// <param name="key">Its key, for the message.</param>
    /// <param name="stream">Its bytes, seekable.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="PermanentEtlException">It is no Parquet file, or not all of one.</exception>
    public static async Task<long> CountRowsAsync(string key, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await using var parquet = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken);
            return parquet.Metadata?.NumRows ?? 0;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or EtlException))
        {
            throw new PermanentEtlException($"{key} cannot be read: {exception.Message}", exception);
        }
    }
}
