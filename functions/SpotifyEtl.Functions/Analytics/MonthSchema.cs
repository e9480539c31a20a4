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
}
