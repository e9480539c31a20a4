using System.IO.Compression;
using CsvHelper;
using Parquet;
using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>
/// Writes a typed table's file of one month. The bytes follow from the rows and their order alone: row groups end after so many rows, however they come.
/// </summary>
internal sealed class MonthFileWriter : IDisposable
{
    /// <summary>
    /// The rows of each row group but the last. Of songs these are some four megabytes: what memory holds of a month, and as much as a reader that skips by
    /// statistics has to read at least.
    /// </summary>
    public const int RowsPerGroup = 16_384;

    private static readonly ParquetOptions s_options = new()
    {
        CompressionMethod = CompressionMethod.Zstd,
        CompressionLevel = CompressionLevel.Fastest,
        DictionaryEncodingThreshold = 0.5,
        DictionaryEncodingSampleSize = 1024,
    };

    private readonly ParquetWriter _parquet;
    private readonly MonthRows _rows;

    private MonthFileWriter(ParquetWriter parquet, MonthRows rows)
    {
        _parquet = parquet;
        _rows = rows;
    }

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The row group that is gathered. Who fills it instead of adding rows gives it at most <see cref="RowsPerGroup"/>.</summary>
    public MonthRows Group => _rows;

    /// <param name="table">The table.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="output">Takes the file.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task<MonthFileWriter> CreateAsync(Table table, ParquetSchema schema, Stream output, CancellationToken cancellationToken)
    {
        var parquet = await ParquetWriter.CreateAsync(schema, new CountingStream(output), s_options, cancellationToken: cancellationToken);
        parquet.CustomMetadata = MonthFile.Metadata;
        return new MonthFileWriter(parquet, new MonthRows(table, schema));
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Adds the row that a reader stands on.</summary>
    public ValueTask AddAsync(CsvReader row, ReadOnlySpan<byte> rawFile, CancellationToken cancellationToken)
    {
        _rows.Add(row, rawFile);
        return _rows.Count < RowsPerGroup ? ValueTask.CompletedTask : new ValueTask(WriteGroupAsync(cancellationToken));
    }

    /// <summary>Adds the next rows of others.</summary>
    public async Task TakeAsync(MonthRows others, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            var taken = Math.Min(count, RowsPerGroup - _rows.Count);
            _rows.Take(others, taken);
            count -= taken;
            if (_rows.Count == RowsPerGroup)
            {
                await WriteGroupAsync(cancellationToken);
            }
        }
    }

    /// <summary>Writes what is left and ends the file.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0)
        {
            await WriteGroupAsync(cancellationToken);
        }

        await _parquet.DisposeAsync();
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using var group = _parquet.CreateRowGroup();
        await _rows.WriteAsync(group, cancellationToken);
        Rows += _rows.Count;
        _rows.Clear();
    }
}
