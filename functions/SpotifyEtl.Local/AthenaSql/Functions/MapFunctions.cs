using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Maps.</summary>
internal static class MapFunctions
{
    private static readonly string NullKey = Error("'map key cannot be null'");

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("cardinality(map(K, V)) -> bigint", "CAST(cardinality({0}) AS BIGINT)"),
        new("element_at(map(K, V), K) -> V", "{0}[{1}]"),
        new("map() -> map(unknown, unknown)", "MAP([], [])"),
        new("map(array(K), array(V)) -> map(K, V)", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL "
                + $"WHEN len(_v.a0) <> len(_v.a1) THEN {Error("'Key and value arrays must be the same length'")} "
                + $"{KeysChecked("_v.a0", "list_filter(_v.a0, lambda _x, _i: list_position(_v.a0, _x) < _i)[1]")} ELSE map(_v.a0, _v.a1) END",
            "{0}",
            "{1}")),
        new("map_concat(map(K, V), map(K, V), map(K, V)...) -> map(K, V)", "") { Render = Concatenation },
        new("map_entries(map(K, V)) -> array(row(K, V))", "list_transform(map_entries({0}), lambda _e: {'f1': _e.key, 'f2': _e.value})"),
        new("map_from_entries(array(row(K, V))) -> map(K, V)", Let(
            LetAs(
                "_k",
                $"CASE WHEN _v.a0 IS NULL THEN NULL WHEN list_position(_v.a0, NULL) IS NOT NULL THEN {Error("'map entry cannot be null'")} "
                    + $"{KeysChecked("_k.a0", "list_filter(_k.a0, lambda _x, _i: list_position(_k.a0, _x) < _i)[1]")} "
                    + "ELSE map(_k.a0, list_transform(_v.a0, lambda _e: _e.f2)) END",
                "list_transform(_v.a0, lambda _e: _e.f1)"),
            "{0}")),
        new("map_keys(map(K, V)) -> array(K)", "map_keys({0})"),
        new("map_values(map(K, V)) -> array(V)", "map_values({0})"),
        new("multimap_from_entries(array(row(K, V))) -> map(K, array(V))", Let(
            LetAs(
                "_k",
                $"CASE WHEN _v.a0 IS NULL THEN NULL WHEN list_position(_v.a0, NULL) IS NOT NULL THEN {Error("'map entry cannot be null'")} "
                    + $"WHEN list_position(_k.a0, NULL) IS NOT NULL THEN {NullKey} "
                    + "ELSE map(_k.a0, list_transform(_k.a0, lambda _key: list_transform(list_filter(_v.a0, lambda _e: _e.f1 = _key), lambda _e: _e.f2))) END",
                "list_filter(list_transform(_v.a0, lambda _e: _e.f1), lambda _x, _i: list_position(list_transform(_v.a0, lambda _e: _e.f1), _x) = _i)"),
            "{0}")),
    ];

    private static string KeysChecked(string keys, string repeated) =>
        $"WHEN list_position({keys}, NULL) IS NOT NULL THEN {NullKey} "
        + $"WHEN len(list_distinct({keys})) < len({keys}) THEN {Error($"'Duplicate map keys (' || CAST({repeated} AS VARCHAR) || ') are not allowed'")}";

    // The keys of the first stay where they are, with the value of the last that has them.
    private static string Concatenation(FunctionCall call)
    {
        var maps = call.Types.Select((_, index) => $"_v.a{index}").ToArray();
        var keys = maps.Skip(1).Aggregate($"map_keys({maps[0]})", (joined, map) => $"list_concat({joined}, map_keys({map}))");
        var value = maps.Aggregate("NULL", (otherwise, map) => $"CASE WHEN map_contains({map}, _key) THEN {map}[_key] ELSE {otherwise} END");
        return Let(
            NullWith(
                LetAs(
                    "_k",
                    LetAs("_d", $"map(_d.a0, list_transform(_d.a0, lambda _key: {value}))", "list_filter(_k.a0, lambda _x, _i: list_position(_k.a0, _x) = _i)"),
                    keys),
                maps),
            [.. call.Types.Select((_, index) => $"{{{index}}}")]);
    }
}
