using System.Collections;
using Parquet;
using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>
/// The cells of one column of a row group: gathered from CSV or from another buffer until they are written, or read and taken one after another.
/// What is no value of the column's type is a missing one.
/// </summary>
internal abstract class ColumnBuffer(DataField parquetField) : IDisposable
{
    private const int Missing = 0;
    private const int Present = 1;

    private int[] _levels = [];
    private int _nextRow;
    private int _nextValue;
    private int _askedRow;
    private int _askedValue;

    protected DataField Field => parquetField;

    protected int Rows { get; private set; }

    /// <summary>How many of the rows have a value.</summary>
    protected int Values { get; private set; }

    /// <summary>Which rows have a value, as definition levels.</summary>
    protected ReadOnlyMemory<int> Levels => _levels.AsMemory(0, Rows);

    public static ColumnBuffer For(TableColumn column, DataField field) => column.Type switch
    {
        ColumnType.WholeNumber => new ValueBuffer<int>(field, TypedCell.TryInt),
        ColumnType.Boolean => new ValueBuffer<bool>(field, TypedCell.TryBoolean),
        ColumnType.Date => new ValueBuffer<DateTime>(field, TypedCell.TryDate),
        ColumnType.Timestamp => new ValueBuffer<long>(MonthSchema.ValuesOf(column, field), TypedCell.TryMicroseconds),
        _ => new TextBuffer(field),
    };

    /// <summary>Which of the values is that of a row; null: its cell is missing. To be asked for one row after another.</summary>
    protected int? ValueIndexOf(int row)
    {
        if (row < _askedRow)
        {
            (_askedRow, _askedValue) = (0, 0);
        }

        _askedValue += _levels.AsSpan(_askedRow, row - _askedRow).Count(Present);
        _askedRow = row;
        return _levels[row] == Present ? _askedValue : null;
    }

    /// <summary>Adds the cell of a CSV file.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var isPresent = !text.IsEmpty && TryAppend(text);
        PooledArray.MakeRoom(ref _levels, Rows + 1);
        _levels[Rows++] = isPresent ? Present : Missing;
        Values += isPresent ? 1 : 0;
    }

    /// <summary>Adds the next cells of another buffer, which are passed over there.</summary>
    public void Take(ColumnBuffer other, int count)
    {
        var levels = other._levels.AsSpan(other._nextRow, count);
        PooledArray.MakeRoom(ref _levels, Rows + count);
        levels.CopyTo(_levels.AsSpan(Rows));
        var present = levels.Count(Present);
        Append(other, other._nextValue, present);
        Rows += count;
        Values += present;
        other.Skip(count);
    }

    /// <summary>Leaves out those cells of what was gathered that are not to be kept.</summary>
    public virtual void Keep(BitArray kept)
    {
        var (rows, values, value) = (0, 0, 0);
        for (var row = 0; row < Rows; row++)
        {
            var level = _levels[row];
            if (kept[row])
            {
                _levels[rows++] = level;
                if (level == Present)
                {
                    Move(value, values++);
                }
            }

            value += level == Present ? 1 : 0;
        }

        (Rows, Values, _askedRow, _askedValue) = (rows, values, 0, 0);
    }

    /// <summary>Passes over the next cells.</summary>
    public void Skip(int count)
    {
        _nextValue += _levels.AsSpan(_nextRow, count).Count(Present);
        _nextRow += count;
    }

    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);

    /// <summary>Replaces what is there by the column of a row group, to be taken from its first cell.</summary>
    public async Task ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        Clear();
        Rows = (int)group.RowCount;
        PooledArray.MakeRoom(ref _levels, Rows);
        await ReadAsync(group, _levels.AsMemory(0, Rows), cancellationToken);
        Values = Levels.Span.Count(Present);
    }

    public virtual void Clear() => Rows = Values = _nextRow = _nextValue = _askedRow = _askedValue = 0;

    /// <summary>Gives back the memory.</summary>
    public virtual void Dispose() => PooledArray.GiveBack(ref _levels);

    protected abstract bool TryAppend(ReadOnlySpan<byte> text);

    protected abstract void Append(ColumnBuffer other, int from, int count);

    /// <summary>Puts a value in the place of one before it, or in its own; it is called for one value after another.</summary>
    protected abstract void Move(int from, int to);

    protected abstract Task ReadAsync(ParquetRowGroupReader group, Memory<int> levels, CancellationToken cancellationToken);
}
