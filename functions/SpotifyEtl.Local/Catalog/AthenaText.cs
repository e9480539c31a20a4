using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Scalars;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Types;
using ArrowTimestamp = Apache.Arrow.Types.TimestampType;
using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Writes values as Athena prints them.</summary>
internal static class AthenaText
{
    /// <summary>The value at <paramref name="index"/>, or null when it is missing.</summary>
    /// <param name="array">DuckDB's values.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="type">The type that they are of in Athena's SQL.</param>
    /// <exception cref="PermanentEtlException">A date is out of range.</exception>
    public static string? Of(IArrowArray array, int index, SqlType type)
    {
        if (array.IsNull(index))
        {
            return null;
        }

        return array switch
        {
            StringArray texts => texts.GetString(index),
            BooleanArray booleans => booleans.GetValue(index) is true ? "true" : "false",
            Int8Array numbers => Integer(numbers.GetValue(index)),
            Int16Array numbers => Integer(numbers.GetValue(index)),
            Int32Array numbers => Integer(numbers.GetValue(index)),
            Int64Array numbers => Integer(numbers.GetValue(index)),
            UInt8Array numbers => Integer(numbers.GetValue(index)),
            UInt16Array numbers => Integer(numbers.GetValue(index)),
            UInt32Array numbers => Integer(numbers.GetValue(index)),
            UInt64Array numbers => Integer(numbers.GetValue(index)),
            FloatArray numbers => JavaFloatingPoint.Text(numbers.GetValue(index)!.Value),
            DoubleArray numbers => JavaFloatingPoint.Text(numbers.GetValue(index)!.Value),
            Decimal128Array numbers => numbers.GetString(index),
            Date32Array dates => Moment(dates.Values[index], TimeSpan.TicksPerDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimestampArray times => Timestamp(Instant(times, index)),
            Time64Array times => Time(times.Values[index]),
            MonthDayNanosecondIntervalArray intervals => Interval(intervals.GetValue(index)!.Value, type),
            BinaryArray bytes => string.Join(' ', Convert.ToHexStringLower(bytes.GetBytes(index)).Chunk(2).Select(pair => new string(pair))),
            MapArray map when type is MapType entries => Map(map, index, entries),
            ListArray list => List(list.GetSlicedValues(index), type),
            StructArray row when type is TimestampType => Zoned(row, index),
            StructArray row when type is RowType fields => Row(row, index, fields),
            _ => throw new PermanentEtlException($"A value of type {array.Data.DataType.Name} cannot be shown. CAST it to VARCHAR."),
        };
    }

    private static string Integer<T>(T? number)
        where T : struct, IFormattable => number!.Value.ToString(null, CultureInfo.InvariantCulture);

    private static DateTime Moment(long value, long ticksPerUnit)
    {
        var (least, greatest) = ((DateTime.MinValue - DateTime.UnixEpoch).Ticks / ticksPerUnit, (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / ticksPerUnit);
        return value >= least && value <= greatest
            ? DateTime.UnixEpoch.AddTicks(value * ticksPerUnit)
            : throw new PermanentEtlException("A date outside the years 1 to 9999 cannot be shown. CAST it to VARCHAR.");
    }

    private static DateTime Instant(TimestampArray times, int index) => ((ArrowTimestamp)times.Data.DataType).Unit switch
    {
        TimeUnit.Second => Moment(times.Values[index], TimeSpan.TicksPerSecond),
        TimeUnit.Millisecond => Moment(times.Values[index], TimeSpan.TicksPerMillisecond),
        TimeUnit.Microsecond => Moment(times.Values[index], TimeSpan.TicksPerMicrosecond),
        _ => Moment((long)Math.Floor(times.Values[index] / 100m), 1),
    };

    // Athena's timestamps have milliseconds. Finer ones come from SQL that asked for them, and keep their digits.
    private static string Timestamp(DateTime moment) => moment.ToString(
        moment.Ticks % TimeSpan.TicksPerMillisecond > 0 ? "yyyy-MM-dd HH:mm:ss.ffffff" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Time(long microseconds)
    {
        var time = new TimeOnly(Math.Min(microseconds * TimeSpan.TicksPerMicrosecond, TimeOnly.MaxValue.Ticks));
        return time.ToString(time.Ticks % TimeSpan.TicksPerMillisecond > 0 ? "HH:mm:ss.ffffff" : "HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    private static string Interval(MonthDayNanosecondInterval interval, SqlType type) => type == SqlType.YearToMonth
        ? IntervalText.OfMonths(interval.Months)
        : IntervalText.OfMicroseconds((interval.Days * (TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond)) + (interval.Nanoseconds / 1000));

    private static string Zoned(StructArray row, int index)
    {
        var zone = ((StringArray)row.Fields[1]).GetString(index);
        return $"{Timestamp(Zones.ToLocal(Instant((TimestampArray)row.Fields[0], index), zone))} {zone}";
    }

    private static string List(IArrowArray values, SqlType type)
    {
        var element = type is ArrayType array ? array.Element : SqlType.Unknown;
        return $"[{string.Join(", ", Enumerable.Range(0, values.Length).Select(item => Nested(values, item, element)))}]";
    }

    private static string Map(MapArray map, int index, MapType type)
    {
        var pairs = Enumerable.Range(map.ValueOffsets[index], map.GetValueLength(index));
        return $"{{{string.Join(", ", pairs.Select(pair => $"{Nested(map.Keys, pair, type.Key)}={Nested(map.Values, pair, type.Value)}"))}}}";
    }

    private static string Row(StructArray row, int index, RowType type) =>
        $"{{{string.Join(", ", type.Fields.Select((field, place) => $"{TypeText.NameOf(field, place)}={Nested(row.Fields[place], index, field.Type)}"))}}}";

    private static string Nested(IArrowArray array, int index, SqlType type) => Of(array, index, type) ?? "null";
}
