using Parquet;
using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>A typed table's file of one month, as it lies in the lake: read run by run, a run being the rows of one raw file that stand together.</summary>
internal sealed class MonthFile : IAsyncDisposable
{
    private const string Writer = "spotify_etl";
    private const string WriterName = "typed table";
    private const string Format = "spotify_etl.format";

    // Files of another format are made anew: those without one tell wrong least and greatest values.
    private const string CurrentFormat = "2";

    /// <summary>What says in a file that this pipeline wrote it, and how.</summary>
    public static readonly IReadOnlyDictionary<string, string> Metadata =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Writer] = WriterName, [Format] = CurrentFormat };

    private readonly ParquetReader _parquet;
    private readonly MonthRows _rows;
    private int _nextGroup;
    private int _nextRow;

    private MonthFile(ParquetReader parquet, MonthRows rows)
    {
        _parquet = parquet;
        _rows = rows;
    }

    /// <summary>The rows of the file.</summary>
    public long Rows => _parquet.Metadata?.NumRows ?? 0;

    /// <summary>The raw file of the run.</summary>
    public string RawFile { get; private set; } = "";

    /// <summary>How many rows the run has, of those that are still to be taken.</summary>
    public int Count { get; private set; }

    /// <summary>The rows; those of the run come next.</summary>
    public MonthRows Next => _rows;

    /// <summary>Opens a file.</summary>
    /// <param name="table">The table that it should be of.</param>
    /// <param name="schema">The table's columns.</param>
    /// <param name="stream">The file's bytes, seekable; they stay open.</param>
    /// <param name="only">The columns that are wanted; null: all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MonthFileException">It cannot be read, or is another version's or another's.</exception>
    public static async Task<MonthFile> OpenAsync(
        Table table, ParquetSchema schema, Stream stream, IReadOnlySet<string>? only, CancellationToken cancellationToken)
    {
        ParquetReader parquet;
        try
        {
            parquet = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new MonthFileException(MonthFileFault.Damaged, exception);
        }

        if (parquet.CustomMetadata.GetValueOrDefault(Writer) != WriterName)
        {
            throw new MonthFileException(MonthFileFault.Foreign);
        }

        return parquet.Schema.Equals(schema) && parquet.CustomMetadata.GetValueOrDefault(Format) == CurrentFormat
            ? new MonthFile(parquet, new MonthRows(table, schema, only))
            : throw new MonthFileException(MonthFileFault.OtherVersion);
    }

    /// <summary>Goes to the next run, past what was not taken of this one.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="MonthFileException">The file cannot be read on.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (_nextRow == _rows.Count && !await ReadGroupAsync(cancellationToken))
        {
            return false;
        }

        var rawFile = _rows.RawFileAt(_nextRow);
        var end = _nextRow + 1;
        while (end < _rows.Count && _rows.RawFileAt(end).SequenceEqual(rawFile))
        {
            end++;
        }

        RawFile = rawFile.ToString();
        Count = end - _nextRow;
        _nextRow = end;
        return true;
    }

    public ValueTask DisposeAsync()
    {
        _rows.Dispose();
        return _parquet.DisposeAsync();
    }

    private async Task<bool> ReadGroupAsync(CancellationToken cancellationToken)
    {
        if (_nextGroup == _parquet.RowGroupCount)
        {
            return false;
        }

        try
        {
            using var group = _parquet.OpenRowGroupReader(_nextGroup++);
            await _rows.ReadAsync(group, cancellationToken);
            _nextRow = 0;
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new MonthFileException(MonthFileFault.Damaged, exception);
        }
    }
}
