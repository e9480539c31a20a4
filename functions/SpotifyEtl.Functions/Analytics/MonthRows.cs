using System.Collections;
using CsvHelper;
using Parquet;
using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Rows of a typed table, column by column.</summary>
internal sealed class MonthRows : IDisposable
{
    private readonly ColumnBuffer[] _columns;
    private readonly TextBuffer _rawFiles;
    private readonly int _rawFileColumn;
    private readonly int[] _places;
    private readonly List<string> _names;

    /// <param name="table">The table.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="only">The columns that are wanted, the raw file's name among them; null: all.</param>
    public MonthRows(Table table, ParquetSchema schema, IReadOnlySet<string>? only = null)
    {
        _places = [.. table.Columns.Index().Where(column => only?.Contains(column.Item) != false).Select(column => column.Index)];
        _columns = [.. _places.Select(place => ColumnBuffer.For(table.TypedColumns[place], schema.DataFields[place]))];
        _names = [.. _places.Select(place => table.Columns[place])];
        _rawFileColumn = _names.IndexOf(Table.RawFileColumn);
        _rawFiles = (TextBuffer)_columns[_rawFileColumn];
    }

    public int Count { get; private set; }

    /// <summary>The cells of a column.</summary>
    public ColumnBuffer Column(string name) => _columns[_names.IndexOf(name)];

    /// <summary>Adds the row that a reader stands on. Columns that it lacks are missing values, but for the raw file's name.</summary>
    public void Add(CsvReader row, ReadOnlySpan<byte> rawFile)
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            var place = _places[column];
            _columns[column].Add(column == _rawFileColumn ? rawFile : place < row.FieldCount ? row.GetSpan(place) : default);
        }

        Count++;
    }

    /// <summary>Adds the next rows of others, which are passed over there.</summary>
    public void Take(MonthRows others, int count)
    {
        foreach (var (column, other) in _columns.Zip(others._columns))
        {
            column.Take(other, count);
        }

        Count += count;
    }

    /// <summary>Leaves out those of the rows that were added that are not to be kept.</summary>
    public void Keep(BitArray kept)
    {
        if (kept.HasAllSet())
        {
            return;
        }

        foreach (var column in _columns)
        {
            column.Keep(kept);
        }

        Count = kept.Cast<bool>().Count(isKept => isKept);
    }

    /// <summary>Passes over the next rows.</summary>
    public void Skip(int count)
    {
        foreach (var column in _columns)
        {
            column.Skip(count);
        }
    }

    /// <summary>The raw file of a row, of all that are here.</summary>
    public ReadOnlySpan<char> RawFileAt(int row) => _rawFiles.TextAt(row);

    public async Task ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        foreach (var column in _columns)
        {
            await column.ReadAsync(group, cancellationToken);
        }

        Count = (int)group.RowCount;
    }

    public async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        foreach (var column in _columns)
        {
            await column.WriteAsync(group, cancellationToken);
        }

        group.CompleteValidate();
    }

    public void Dispose()
    {
        foreach (var column in _columns)
        {
            column.Dispose();
        }
    }

    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }

        Count = 0;
    }
}
