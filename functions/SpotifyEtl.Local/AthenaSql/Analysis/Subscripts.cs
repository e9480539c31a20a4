using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Values in square brackets: of arrays by their place, of maps by their key, of rows by their place.</summary>
internal static class Subscripts
{
    public static Value Of(Value value, Value index, Subscript subscript) => value.Type switch
    {
        ArrayType array when TypeRules.IsInteger(index.Type) || index.Type == SqlType.Unknown => new Value(array.Element, OfArray(value.Sql, index.Sql)),
        MapType map when TypeRules.CanCoerce(index.Type, map.Key) =>
            new Value(map.Value, OfMap(value.Sql, Casts.Coerce(index, map.Key, subscript.At).Sql, map)),
        RowType row => OfRow(value, row, subscript),
        _ => throw subscript.At.Fault($"Cannot use {index.Type} for subscript of {value.Type}"),
    };

    private static string OfArray(string array, string index) => Let(
        "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL WHEN _v.a1 BETWEEN 1 AND len(_v.a0) THEN _v.a0[_v.a1] "
            + $"WHEN _v.a1 = 0 THEN {Error("'SQL array indices start at 1'")} WHEN _v.a1 < 0 THEN {Error("'Array subscript is negative: ' || _v.a1")} "
            + $"ELSE {Error("'Array subscript must be less than or equal to array length: ' || _v.a1 || ' > ' || len(_v.a0)")} END",
        array,
        index);

    private static string OfMap(string map, string key, MapType type)
    {
        var text = CastSql.Of("_v.a1", isSimple: true, type.Key, SqlType.Varchar) is { } shown
            ? $"'Key not present in map: ' || {shown}"
            : "'Key not present in map'";
        return Let(
            $"CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL WHEN map_contains(_v.a0, _v.a1) THEN map_extract_value(_v.a0, _v.a1) ELSE {Error(text)} END",
            map,
            key);
    }

    private static Value OfRow(Value value, RowType row, Subscript subscript)
    {
        if (subscript.Index is not IntegerLiteral { Digits: var digits } || !int.TryParse(digits, out var place))
        {
            throw subscript.At.Fault("Subscript expression on ROW requires a constant index");
        }

        return place >= 1 && place <= row.Fields.Count
            ? new Value(row.Fields[place - 1].Type, Spelling.Field(value.Sql, place))
            : throw subscript.At.Fault(place < 1
                ? $"Invalid subscript index: {place}. ROW indices start at 1"
                : $"Subscript index out of bounds: {place} > {row.Fields.Count}");
    }
}
