using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>How Glue is told of tables in Parquet: in Hive's words.</summary>
internal static class GlueParquet
{
    /// <summary>The column by which the typed tables are partitioned. It is in the folders' names and not in the files.</summary>
    public const string PartitionKey = "month";

    public const string InputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";

    public const string OutputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";

    public const string Serde = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    /// <summary>Hive's name of a type.</summary>
    public static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "int",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp",
        _ => "string",
    };
}
