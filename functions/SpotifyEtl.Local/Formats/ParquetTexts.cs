using System.Buffers;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace SpotifyEtl.Local.Formats;

/// <summary>A column of text, and of what is written as text.</summary>
internal sealed class ParquetTexts(DataField field) : ParquetColumn(field)
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    private readonly ArrayBufferWriter<ReadOnlyMemory<char>> _values = new();
    private bool _hasSurrogates;

    /// <summary>
    /// Text whose order in UTF-16 is not that of its bytes is written as bytes: Parquet.Net takes the first for the least and the greatest, and readers the
    /// other. Of bytes it writes neither.
    /// </summary>
    public override Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken) => _hasSurrogates
        ? group.WriteAllPartsAsync<ReadOnlyMemory<byte>>(
            Attached(new DataField(Field.Name, typeof(byte[]), isNullable: true)),
            Array.ConvertAll(_values.WrittenMemory.ToArray(), text => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text.ToString()))),
            Levels,
            null,
            cancellationToken)
        : group.WriteAllPartsAsync(Field, _values.WrittenMemory, Levels, null, cancellationToken);

    public override void Clear()
    {
        base.Clear();
        _values.Clear();
        _hasSurrogates = false;
    }

    protected override bool TryAppend(string text)
    {
        _hasSurrogates |= text.AsSpan().ContainsAnyInRange(FirstSurrogate, LastSurrogate);
        _values.GetSpan(1)[0] = text.AsMemory();
        _values.Advance(1);
        return true;
    }
}
