namespace SpotifyEtl.Local.AthenaSql.Types;

/// <summary>Types as Athena's results name them: without the lengths of texts, and the digits of times.</summary>
internal static class TypeText
{
    public static string Of(SqlType type) => type switch
    {
        VarcharType => "varchar",
        CharType => "char",
        TimeType => "time",
        TimestampType { HasZone: true } => "timestamp with time zone",
        TimestampType => "timestamp",
        ArrayType array => $"array({Of(array.Element)})",
        MapType map => $"map({Of(map.Key)}, {Of(map.Value)})",
        RowType row => $"row({string.Join(", ", row.Fields.Select((field, place) => $"{NameOf(field, place)} {Of(field.Type)}"))})",
        _ => type.ToString(),
    };

    /// <summary>A field's name; one that has none is called for its place.</summary>
    public static string NameOf(RowField field, int place) => field.Name ?? $"field{place}";
}
