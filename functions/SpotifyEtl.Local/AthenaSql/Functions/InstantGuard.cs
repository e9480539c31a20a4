using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>
/// Refuses timestamps with a zone where DuckDB would tell apart what is one instant: as elements of sets and as keys it compares the zones too.
/// </summary>
internal static class InstantGuard
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "approx_distinct", "array_distinct", "array_except", "array_intersect", "array_position", "array_remove", "array_union", "arrays_overlap", "contains",
        "contains_sequence", "element_at", "histogram", "map", "map_agg", "map_concat", "map_from_entries", "map_union", "map_zip_with", "multimap_agg",
        "multimap_from_entries", "transform_keys",
    };

    public static SqlFunction Of(SqlFunction function)
    {
        var name = function.Signature[..function.Signature.IndexOf('(', StringComparison.Ordinal)];
        return !Names.Contains(name) ? function : function with
        {
            Render = call => call.Types is [var first, ..] && Compared(name, first) is { } compared && Zoned.Has(compared)
                ? throw new PermanentEtlException(
                    $"{name} of timestamps with time zone is not offered here: {Zoned.Instead}")
                : function.Render?.Invoke(call) ?? function.Sql,
        };
    }

    // Of the first argument: itself, its keys, or its elements.
    private static SqlType? Compared(string name, SqlType first) => (name, first) switch
    {
        ("approx_distinct", _) => Zoned.Is(first) ? null : first,
        ("histogram" or "map_agg" or "multimap_agg", _) => first,
        (_, MapType map) => map.Key,
        ("element_at", _) => null,
        ("map_from_entries" or "multimap_from_entries", ArrayType { Element: RowType { Fields: [var key, ..] } }) => key.Type,
        (_, ArrayType array) => array.Element,
        _ => null,
    };
}
