using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Casts to JSON and from it.</summary>
internal static class JsonCastSql
{
    public static string? ToJson(string sql, SqlType from) => from switch
    {
        SimpleType { Name: "boolean" or "tinyint" or "smallint" or "integer" or "bigint" or "double" or "real" } or VarcharType or CharType =>
            $"to_json({sql})",
        DecimalType => $"CAST(CAST({sql} AS VARCHAR) AS JSON)",
        SimpleType { Name: "date" } or TimestampType => CastSql.Of(sql, isSimple: false, from, SqlType.Varchar) is { } text ? $"to_json({text})" : null,
        ArrayType array => ToJson("_j", array.Element) is { } element
            ? $"to_json(list_transform({sql}, lambda _j: coalesce({element}, CAST('null' AS JSON))))"
            : null,
        MapType map => Object(sql, map),
        RowType row => CastSql.Once(sql, isSimple: false, value => Object(value, row)),
        _ => null,
    };

    public static string? FromJson(string value, SqlType to)
    {
        var converted = to switch
        {
            VarcharType { Length: null } => $"CASE WHEN json_type({value}) IN ('ARRAY', 'OBJECT') THEN {Refusal(value, to)} ELSE ({value} ->> '$') END",
            SimpleType { Name: "boolean" } =>
                $"CASE WHEN json_type({value}) IN ('ARRAY', 'OBJECT') THEN {Refusal(value, to)} WHEN json_type({value}) IN ('BIGINT', 'UBIGINT', 'DOUBLE') "
                    + $"THEN CAST({value} AS DOUBLE) <> 0 ELSE {Number($"({value} ->> '$')", to, value)} END",
            SimpleType { Name: "tinyint" or "smallint" or "integer" or "bigint" or "double" or "real" } or DecimalType => Number(value, to),
            ArrayType array => FromJson("_j", array.Element) is { } element
                ? $"CASE WHEN json_type({value}) = 'ARRAY' THEN list_transform(CAST({value} AS JSON[]), lambda _j: {element}) ELSE {Refusal(value, to)} END"
                : null,
            MapType { Key: VarcharType { Length: null } } map => FromJson("_j.value", map.Value) is { } entry
                ? $"CASE WHEN json_type({value}) = 'OBJECT' THEN map_from_entries(list_transform(map_entries(CAST({value} AS MAP(VARCHAR, JSON))), "
                    + $"lambda _j: struct_pack(key := _j.key, value := {entry}))) ELSE {Refusal(value, to)} END"
                : null,
            RowType row => Row(value, row),
            _ => null,
        };
        return converted is null ? null : $"CASE WHEN {value} IS NULL OR json_type({value}) = 'NULL' THEN NULL ELSE {converted} END";
    }

    private static string Refusal(string value, SqlType to) => Error($"'Cannot cast ''' || left(CAST({value} AS VARCHAR), 100) || ''' to {to}'");

    private static string Number(string value, SqlType to)
    {
        var isWhole = to is SimpleType { Name: not ("double" or "real") };
        var rounded = isWhole
            ? $"WHEN json_type({value}) = 'DOUBLE' THEN CAST(round(CAST({value} AS DOUBLE)) AS {DuckDbType.Of(to)}) "
            : "";
        return $"CASE WHEN json_type({value}) = 'BOOLEAN' THEN CAST(CAST({value} AS BOOLEAN) AS {DuckDbType.Of(to)}) {rounded}"
            + $"ELSE {Number($"({value} ->> '$')", to, value)} END";
    }

    private static string Number(string text, SqlType to, string value) => $"coalesce({CastSql.TryNumber(text, to)}, {Refusal(value, to)})";

    private static string? Object(string sql, MapType map)
    {
        var key = map.Key is VarcharType ? "_j.key" : CastSql.Of("_j.key", isSimple: true, map.Key, SqlType.Varchar);
        var value = ToJson("_j.value", map.Value);
        return key is null || value is null
            ? null
            : $"to_json(map_from_entries(list_sort(list_transform(map_entries({sql}), "
                + $"lambda _j: struct_pack(key := {key}, value := coalesce({value}, CAST('null' AS JSON)))))))";
    }

    private static string? Object(string value, RowType row)
    {
        List<string> fields = [];
        for (var place = 1; place <= row.Fields.Count; place++)
        {
            var field = row.Fields[place - 1];
            if (ToJson(Spelling.Field(value, place), field.Type) is not { } json)
            {
                return null;
            }

            fields.Add($"{Spelling.Text(field.Name ?? "")}, {json}");
        }

        return Spelling.NullWith(value, $"json_object({string.Join(", ", fields)})");
    }

    private static string? Row(string value, RowType row)
    {
        List<string> byName = [];
        List<string> byPlace = [];
        foreach (var field in row.Fields)
        {
            var path = $"$.\"{field.Name?.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            var named = FromJson($"json_extract({value}, {Spelling.Text(path)})", field.Type);
            var placed = FromJson($"json_extract({value}, '$[{byPlace.Count}]')", field.Type);
            if (named is null || placed is null)
            {
                return null;
            }

            byName.Add(field.Name is null ? Spelling.Cast("NULL", field.Type) : named);
            byPlace.Add(placed);
        }

        return $"CASE json_type({value}) WHEN 'OBJECT' THEN {Spelling.Struct(byName)} WHEN 'ARRAY' THEN {Spelling.Struct(byPlace)} "
            + $"ELSE {Refusal(value, row)} END";
    }
}
