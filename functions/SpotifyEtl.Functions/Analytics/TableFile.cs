using System.Text;
using CsvHelper;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>A table's CSV file of one raw file, read row by row.</summary>
internal sealed class TableFile : IAsyncDisposable
{
    private static readonly CsvReaderOptions s_strict = new()
    {
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = false,
    };

    private readonly CsvReader _csv;
    private readonly string _stem;
    private readonly string _key;

    private readonly MonthLines? _lines;

    private TableFile(CsvReader csv, MonthLines? lines, string stem, string key)
    {
        _csv = csv;
        _lines = lines;
        _stem = stem;
        _key = key;
    }

    /// <summary>The row that was read last.</summary>
    public CsvReader Row => _csv;

    /// <summary>How many of the table's columns it has, the first ones.</summary>
    public int ColumnCount => _csv.Headers.Count;

    /// <summary>A cell of the row that was read last; empty where the file is of a version without this column.</summary>
    public ReadOnlySpan<byte> Cell(string column)
    {
        var index = 0;
        while (index < _csv.Headers.Count && _csv.Headers[index] != column)
        {
            index++;
        }

        return index == _csv.Headers.Count ? default : _csv.GetSpan(index);
    }

    /// <summary>How many rows that are of other months than the one asked for were not given.</summary>
    public long PassedOver => _lines?.PassedOver ?? 0;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="table">The table.</param>
    /// <param name="stem">What the raw file's tables are called after.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="month">The only month whose rows are wanted; others may be given too.</param>
    /// <exception cref="DamagedTableFileException">It is not there, cannot be read, or is no file of the table.</exception>
    public static async Task<TableFile> OpenAsync(ILake lake, Table table, string stem, CancellationToken cancellationToken, string? month = null)
    {
        var key = table.KeyFor(stem);
        Stream stream;
        try
        {
            stream = await lake.OpenReadAsync(key, cancellationToken);
        }
        catch (LakeObjectNotFoundException exception)
        {
            throw new DamagedTableFileException(stem, $"{key} is not there", exception) { IsMissing = true };
        }

        // Where the month begins each line, others need not be parsed.
        var lines = month is not null && month != MonthOfRow.Unknown && table.Columns[0] == table.MonthColumn
            ? new MonthLines(stream, Encoding.UTF8.GetBytes(month))
            : null;
        TableFile file = new(CsvReader.Create(lines ?? stream, s_strict), lines, stem, key);
        try
        {
            await file.ReadHeaderAsync(table, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="DamagedTableFileException">The file cannot be read on.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            throw new DamagedTableFileException(_stem, $"{_key} cannot be read: {exception.Message}", exception);
        }
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private async Task ReadHeaderAsync(Table table, CancellationToken cancellationToken)
    {
        try
        {
            await _csv.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            throw new DamagedTableFileException(_stem, $"{_key} cannot be read: {exception.Message}", exception);
        }

        // A file of an earlier version has fewer columns.
        if (_csv.Headers.Count == 0 || !_csv.Headers.SequenceEqual(table.Columns.Take(_csv.Headers.Count), StringComparer.Ordinal))
        {
            throw new DamagedTableFileException(_stem, $"{_key} does not have the columns of {table.CatalogName}");
        }
    }
}

/// <summary>A CSV file cannot be taken for a table's file of a raw file. The message says which and why, without a full stop.</summary>
internal sealed class DamagedTableFileException(string stem, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What the raw file's tables are called after.</summary>
    public string Stem => stem;

    /// <summary>Whether there is no such file.</summary>
    public bool IsMissing { get; init; }
}
