namespace SpotifyEtl.Local.AthenaSql.Types;

/// <summary>
/// Types in which there are timestamps with time zone: where DuckDB looks for what is alike, it tells apart one instant in two zones, and Trino does not.
/// </summary>
internal static class Zoned
{
    /// <summary>What to write instead where such values cannot be compared.</summary>
    public const string Instead = "take CAST(x AT TIME ZONE 'UTC' AS timestamp) of each.";

    /// <summary>Whether it is one itself.</summary>
    public static bool Is(SqlType type) => type is TimestampType { HasZone: true };

    /// <summary>Whether it holds some, and is none itself.</summary>
    public static bool IsWithin(SqlType type) => !Is(type) && Has(type);

    /// <summary>Whether it is one, or holds some.</summary>
    public static bool Has(SqlType type) => type switch
    {
        TimestampType timestamp => timestamp.HasZone,
        ArrayType array => Has(array.Element),
        MapType map => Has(map.Key) || Has(map.Value),
        RowType row => row.Fields.Any(field => Has(field.Type)),
        _ => false,
    };
}
