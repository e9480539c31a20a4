using System.Buffers;
using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace SpotifyEtl.Local.Formats;

/// <summary>A column of a Parquet file: gathers the values of a row group, which come as text, and writes them.</summary>
internal abstract class ParquetColumn(DataField parquetField)
{
    private const int Missing = 0;
    private const int Present = 1;
    private const int BytesOfCell = 16;

    private readonly ArrayBufferWriter<int> _levels = new();

    /// <summary>What the file says of the column.</summary>
    public DataField Field => parquetField;

    /// <summary>Which rows have a value, as definition levels.</summary>
    protected ReadOnlyMemory<int> Levels => _levels.WrittenMemory;

    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type by Athena's name.</param>
    public static ParquetColumn For(string name, string type)
    {
        var (kind, first, second) = Parts(type);
        return kind switch
        {
            "boolean" => new ParquetValues<bool>(new DataField(name, typeof(bool), isNullable: true), TypedText.TryBoolean),
            "tinyint" or "smallint" or "integer" or "int" => new ParquetValues<int>(new DataField(name, typeof(int), isNullable: true), TypedText.TryInteger),
            "bigint" => new ParquetValues<long>(new DataField(name, typeof(long), isNullable: true), TypedText.TryBigInteger),
            "real" or "float" => new ParquetValues<float>(new DataField(name, typeof(float), isNullable: true), TypedText.TryReal),
            "double" => new ParquetValues<double>(new DataField(name, typeof(double), isNullable: true), TypedText.TryDouble),
            "date" => new ParquetValues<DateTime>(new DateTimeDataField(name, DateTimeFormat.Date, isNullable: true), TypedText.TryDate),
            "timestamp" when first is null or <= 6 => Times(name),
            "decimal" when first is { } precision => new ParquetValues<BigDecimal>(
                new BigDecimalDataField(name, precision, second ?? 0, isNullable: true),
                (string text, out BigDecimal value) => TypedText.TryDecimal(text, precision, second ?? 0, out value)),
            _ => new ParquetTexts(new DataField(name, typeof(string), isNullable: true)),
        };
    }

    /// <summary>About how much memory a cell takes.</summary>
    public static long BytesOf(string? text) => BytesOfCell + 2L * (text?.Length ?? 0);

    /// <summary>Adds a cell; false: its text is no value of the type.</summary>
    public bool TryAdd(string? text)
    {
        if (text is not null && !TryAppend(text))
        {
            return false;
        }

        _levels.GetSpan(1)[0] = text is null ? Missing : Present;
        _levels.Advance(1);
        return true;
    }

    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);

    public virtual void Clear() => _levels.ResetWrittenCount();

    protected abstract bool TryAppend(string text);

    protected static DataField Attached(DataField one) => new ParquetSchema(one).DataFields[0];

    /// <summary>
    /// Timestamps are in no zone, as the typed tables' are. Parquet.Net writes the least and the greatest of times in milliseconds, whatever the column's unit
    /// is, and readers pass over rows by those: times are whole numbers for it.
    /// </summary>
    private static ParquetValues<long> Times(string name) => new(
        new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros, isNullable: true),
        TypedText.TryMicroseconds,
        Attached(new DataField(name, typeof(long), isNullable: true)));

    /// <summary>A type such as decimal(10,2) in parts. What stands behind the brackets is of the type's name.</summary>
    private static (string Kind, int? First, int? Second) Parts(string type)
    {
        var lower = type.ToLowerInvariant();
        var open = lower.IndexOf('(', StringComparison.Ordinal);
        var close = lower.LastIndexOf(')');
        if (open < 0 || close < open)
        {
            return (lower, null, null);
        }

        var numbers = lower[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries);
        return (lower[..open] + lower[(close + 1)..], Number(numbers[0]), numbers.Length > 1 ? Number(numbers[1]) : null);
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
