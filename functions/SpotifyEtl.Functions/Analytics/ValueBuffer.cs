using Parquet;
using Parquet.Schema;

namespace SpotifyEtl.Analytics;

/// <summary>A column of values of a fixed size.</summary>
internal sealed class ValueBuffer<T>(DataField field, ReadCell<T> read) : ColumnBuffer(field)
    where T : struct
{
    private T[] _values = [];

    /// <summary>A cell; null: it is missing. To be asked for one row after another.</summary>
    public T? ValueOf(int row) => ValueIndexOf(row) is { } value ? _values[value] : null;

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken) =>
        await group.WriteAllPartsAsync<T>(Field, _values.AsMemory(0, Values), Levels, null, cancellationToken);

    public override void Dispose()
    {
        base.Dispose();
        PooledArray.GiveBack(ref _values);
    }

    protected override bool TryAppend(ReadOnlySpan<byte> text)
    {
        PooledArray.MakeRoom(ref _values, Values + 1);
        return read(text, out _values[Values]);
    }

    protected override void Append(ColumnBuffer other, int from, int count)
    {
        PooledArray.MakeRoom(ref _values, Values + count);
        ((ValueBuffer<T>)other)._values.AsSpan(from, count).CopyTo(_values.AsSpan(Values));
    }

    protected override void Move(int from, int to) => _values[to] = _values[from];

    protected override async Task ReadAsync(ParquetRowGroupReader group, Memory<int> levels, CancellationToken cancellationToken)
    {
        PooledArray.MakeRoom(ref _values, levels.Length);
        await group.ReadRawAsync<T>(Field, _values.AsMemory(0, levels.Length), levels, null, cancellationToken);
    }
}

/// <summary>Reads the text of a cell; false: it is no value of the type.</summary>
internal delegate bool ReadCell<T>(ReadOnlySpan<byte> text, out T value);
