using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Scalars;
using Apache.Arrow.Types;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Writes values as Athena prints them.</summary>
internal static class AthenaText
{
    public static bool IsNumeric(IArrowType type) => type.TypeId is
        ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
        or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
        or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128;

    /// <summary>The value at <paramref name="index"/>, or null when it is missing.</summary>
    /// <exception cref="PermanentEtlException">The type is one that Athena has not, or a date is out of range.</exception>
    public static string? Of(IArrowArray array, int index)
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
            TimestampArray times => Timestamp((TimestampType)times.Data.DataType, times.Values[index]),
            Time64Array times => new TimeOnly(Math.Min(times.Values[index] * TimeSpan.TicksPerMicrosecond, TimeOnly.MaxValue.Ticks)).ToString(
                "HH:mm:ss.fff", CultureInfo.InvariantCulture),
            MonthDayNanosecondIntervalArray intervals => Interval(intervals.GetValue(index)!.Value),
            BinaryArray bytes => string.Join(' ', Convert.ToHexStringLower(bytes.GetBytes(index)).Chunk(2).Select(pair => new string(pair))),
            MapArray map => Map(map, index),
            ListArray list => List(list.GetSlicedValues(index)),
            FixedSizeListArray list => List(list.GetSlicedValues(index)),
            StructArray row => Row(row, index),
            DictionaryArray dictionary => Of(dictionary.Dictionary, int.Parse(Of(dictionary.Indices, index)!, CultureInfo.InvariantCulture)),
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

    // Athena's timestamps have milliseconds. Finer ones come from SQL that asked for them, and keep their digits.
    private static string Timestamp(TimestampType type, long value)
    {
        var (moment, nanoseconds) = type.Unit switch
        {
            TimeUnit.Second => (Moment(value, TimeSpan.TicksPerSecond), 0),
            TimeUnit.Millisecond => (Moment(value, TimeSpan.TicksPerMillisecond), 0),
            TimeUnit.Microsecond => (Moment(value, TimeSpan.TicksPerMicrosecond), 0),
            _ => (Moment((long)Math.Floor(value / 100m), 1), (int)((value % 100 + 100) % 100)),
        };
        var format = nanoseconds > 0 || moment.Ticks % TimeSpan.TicksPerMicrosecond > 0 ? "yyyy-MM-dd HH:mm:ss.fffffff"
            : moment.Ticks % TimeSpan.TicksPerMillisecond > 0 ? "yyyy-MM-dd HH:mm:ss.ffffff"
            : "yyyy-MM-dd HH:mm:ss.fff";
        var text = moment.ToString(format, CultureInfo.InvariantCulture);
        text += format.EndsWith("fffffff", StringComparison.Ordinal) ? nanoseconds.ToString("D2", CultureInfo.InvariantCulture) : "";
        return string.IsNullOrEmpty(type.Timezone) ? text : $"{text} {type.Timezone}";
    }

    // Trino has intervals of months and intervals of days and time; DuckDB's are both in one.
    private static string Interval(MonthDayNanosecondInterval interval)
    {
        var months = $"{(interval.Months < 0 ? "-" : "")}{Math.Abs(interval.Months) / 12}-{Math.Abs(interval.Months) % 12}";
        var span = TimeSpan.FromDays(interval.Days) + TimeSpan.FromTicks(interval.Nanoseconds / 100);
        if (span == TimeSpan.Zero && interval.Months != 0)
        {
            return months;
        }

        var days = (span < TimeSpan.Zero ? "-" : "") + span.ToString(@"d\ hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
        return interval.Months == 0 ? days : $"{months} {days}";
    }

    private static string List(IArrowArray values) =>
        $"[{string.Join(", ", Enumerable.Range(0, values.Length).Select(item => Nested(values, item)))}]";

    private static string Map(MapArray map, int index)
    {
        var pairs = Enumerable.Range(map.ValueOffsets[index], map.GetValueLength(index));
        return $"{{{string.Join(", ", pairs.Select(pair => $"{Nested(map.Keys, pair)}={Nested(map.Values, pair)}"))}}}";
    }

    private static string Row(StructArray row, int index)
    {
        var fields = ((StructType)row.Data.DataType).Fields;
        return $"{{{string.Join(", ", fields.Select((field, number) => $"{field.Name}={Nested(row.Fields[number], index)}"))}}}";
    }

    private static string Nested(IArrowArray array, int index) => Of(array, index) ?? "null";
}
