using System.Collections;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace SpotifyEtl.Analytics;

/// <summary>A column of text. The cells lie one after another in one array, so that a row group makes no strings.</summary>
internal sealed class TextBuffer(DataField field) : ColumnBuffer(field)
{
    private const byte FirstOfFourBytes = 0xF0;
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    private char[] _text = [];
    private int _length;
    private int[] _ends = [];
    private ReadOnlyMemory<char>[] _values = [];
    private bool _hasSurrogates;

    /// <summary>A cell of a column that was read and in which none is missing.</summary>
    public ReadOnlySpan<char> TextAt(int row) => _values[row].Span;

    /// <summary>A cell of a column that was gathered; empty where it is missing. To be asked for one row after another.</summary>
    public ReadOnlySpan<char> TextOf(int row) =>
        ValueIndexOf(row) is { } value ? _text.AsSpan((value == 0 ? 0 : _ends[value - 1]).._ends[value]) : [];

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        if (_hasSurrogates)
        {
            await group.WriteAllPartsAsync<ReadOnlyMemory<byte>>(MonthSchema.BytesOf(Field), Bytes(), Levels, null, cancellationToken);
            return;
        }

        PooledArray.MakeRoom(ref _values, Values);
        var start = 0;
        for (var value = 0; value < Values; value++)
        {
            _values[value] = _text.AsMemory(start, _ends[value] - start);
            start = _ends[value];
        }

        await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(Field, _values.AsMemory(0, Values), Levels, null, cancellationToken);
    }

    public override void Keep(BitArray kept)
    {
        base.Keep(kept);
        _length = Values == 0 ? 0 : _ends[Values - 1];
        _hasSurrogates = _text.AsSpan(0, _length).ContainsAnyInRange(FirstSurrogate, LastSurrogate);
    }

    public override void Clear()
    {
        base.Clear();
        _length = 0;
        _hasSurrogates = false;
    }

    public override void Dispose()
    {
        base.Dispose();
        PooledArray.GiveBack(ref _text);
        PooledArray.GiveBack(ref _ends);
        PooledArray.GiveBack(ref _values);
    }

    protected override bool TryAppend(ReadOnlySpan<byte> text)
    {
        PooledArray.MakeRoom(ref _text, _length + Encoding.UTF8.GetMaxCharCount(text.Length));
        PooledArray.MakeRoom(ref _ends, Values + 1);
        _length += Encoding.UTF8.GetChars(text, _text.AsSpan(_length));
        _hasSurrogates |= text.ContainsAnyInRange(FirstOfFourBytes, byte.MaxValue);
        _ends[Values] = _length;
        return true;
    }

    // A column that was read has its cells where the reader put them.
    protected override void Append(ColumnBuffer other, int from, int count)
    {
        PooledArray.MakeRoom(ref _ends, Values + count);
        var values = ((TextBuffer)other)._values.AsSpan(from, count);
        for (var value = 0; value < values.Length; value++)
        {
            PooledArray.MakeRoom(ref _text, _length + values[value].Length);
            values[value].Span.CopyTo(_text.AsSpan(_length));
            _hasSurrogates |= values[value].Span.ContainsAnyInRange(FirstSurrogate, LastSurrogate);
            _length += values[value].Length;
            _ends[Values + value] = _length;
        }
    }

    protected override async Task ReadAsync(ParquetRowGroupReader group, Memory<int> levels, CancellationToken cancellationToken)
    {
        PooledArray.MakeRoom(ref _values, levels.Length);
        await group.ReadRawAsync<ReadOnlyMemory<char>>(Field, _values.AsMemory(0, levels.Length), levels, null, cancellationToken);
    }

    protected override void Move(int from, int to)
    {
        var text = _text.AsSpan((from == 0 ? 0 : _ends[from - 1]).._ends[from]);
        var start = to == 0 ? 0 : _ends[to - 1];
        text.CopyTo(_text.AsSpan(start));
        _ends[to] = start + text.Length;
    }

    private ReadOnlyMemory<byte>[] Bytes()
    {
        var all = new byte[Encoding.UTF8.GetByteCount(_text, 0, _length)];
        var values = new ReadOnlyMemory<byte>[Values];
        var (start, length) = (0, 0);
        for (var value = 0; value < values.Length; value++)
        {
            var count = Encoding.UTF8.GetBytes(_text.AsSpan(start, _ends[value] - start), all.AsSpan(length));
            values[value] = all.AsMemory(length, count);
            length += count;
            start = _ends[value];
        }

        return values;
    }
}
