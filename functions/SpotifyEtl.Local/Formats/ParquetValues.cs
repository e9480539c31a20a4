using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace SpotifyEtl.Local.Formats;

/// <summary>A column of values that are no text.</summary>
/// <param name="field">What the file says of the column.</param>
/// <param name="read">Reads a value.</param>
/// <param name="written">What the values are written by; null: by the column's own field.</param>
internal sealed class ParquetValues<T>(DataField field, ReadText<T> read, DataField? written = null) : ParquetColumn(field)
    where T : struct
{
    private readonly ArrayBufferWriter<T> _values = new();

    public override Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken) =>
        group.WriteAllPartsAsync(written ?? Field, _values.WrittenMemory, Levels, null, cancellationToken);

    public override void Clear()
    {
        base.Clear();
        _values.ResetWrittenCount();
    }

    protected override bool TryAppend(string text)
    {
        if (!read(text, out var value))
        {
            return false;
        }

        _values.GetSpan(1)[0] = value;
        _values.Advance(1);
        return true;
    }
}

/// <summary>Reads a value as Athena prints it; false: the text is none of the type.</summary>
internal delegate bool ReadText<T>(string text, out T value);
