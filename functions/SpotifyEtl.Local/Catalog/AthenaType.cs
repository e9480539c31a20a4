using System.Globalization;
using Apache.Arrow.Types;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Names the types of DuckDB's results as Athena names its own. An unsigned number is one of the next larger type.</summary>
internal static class AthenaType
{
    public static string Of(IArrowType type) => type switch
    {
        BooleanType => "boolean",
        Int8Type => "tinyint",
        Int16Type or UInt8Type => "smallint",
        Int32Type or UInt16Type => "integer",
        Int64Type or UInt32Type => "bigint",
        UInt64Type => "decimal(20,0)",
        FloatType => "real",
        DoubleType => "double",
        Decimal128Type number => string.Create(CultureInfo.InvariantCulture, $"decimal({number.Precision},{number.Scale})"),
        Date32Type => "date",
        TimestampType { Timezone: { Length: > 0 } } => "timestamp with time zone",
        TimestampType { Unit: TimeUnit.Nanosecond } => "timestamp(9)",
        TimestampType => "timestamp",
        Time64Type => "time",
        IntervalType => "interval",
        BinaryType => "varbinary",
        NullType => "unknown",
        MapType map => $"map({Of(map.KeyField.DataType)}, {Of(map.ValueField.DataType)})",
        ListType list => $"array({Of(list.ValueDataType)})",
        FixedSizeListType list => $"array({Of(list.ValueDataType)})",
        StructType row => $"row({string.Join(", ", row.Fields.Select(field => $"{field.Name} {Of(field.DataType)}"))})",
        _ => "varchar",
    };
}
