using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>The columns of a typed table as Parquet has them. Every one may be missing.</summary>
internal static class MonthSchema
{
    public static ParquetSchema Of(Table table) => new(table.TypedColumns.Select(FieldOf));

    /// <summary>Timestamps are in UTC and said to be in no zone, as Athena and DuckDB take them for plain ones only then.</summary>
    private static DataField FieldOf(TableColumn column) => column.Type switch
    {
        ColumnType.WholeNumber => new DataField(column.Name, typeof(int), isNullable: true),
        ColumnType.Boolean => new DataField(column.Name, typeof(bool), isNullable: true),
        ColumnType.Date => new DateTimeDataField(column.Name, DateTimeFormat.Date, isNullable: true),
        ColumnType.Timestamp => new DateTimeDataField(
            column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros, isNullable: true),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };

    /// <summary>
    /// What the values of a column are written and read by. Parquet.Net writes the least and the greatest of times in milliseconds, whatever the column's unit
    /// is, and readers pass over rows by those: times are whole numbers for it.
    /// </summary>
    public static DataField ValuesOf(TableColumn column, DataField field) =>
        column.Type is ColumnType.Timestamp ? Attached(new DataField(field.Name, typeof(long), isNullable: true)) : field;

    /// <summary>
    /// What text is written by whose order in UTF-16 is not that of its bytes: Parquet.Net takes the first for the least and the greatest, and readers the
    /// other. Of bytes it writes neither.
    /// </summary>
    public static DataField BytesOf(DataField field) => Attached(new DataField(field.Name, typeof(byte[]), isNullable: true));

    private static DataField Attached(DataField field) => new ParquetSchema(field).DataFields[0];
}
