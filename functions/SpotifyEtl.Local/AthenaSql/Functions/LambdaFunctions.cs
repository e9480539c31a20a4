using SpotifyEtl.Local.AthenaSql.DuckDb;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Functions of lambdas. DuckDB's have one parameter, or two of one type: of others each is put around the lambda's expression.</summary>
internal static class LambdaFunctions
{
    // How often the comparator finds others before an element, and its place among equals, is its place; as Java's sort, equals stay in their order.
    private static readonly string SortByComparator = Let(
        "list_transform(list_sort(list_transform(_v.a0, lambda _x, _i: {'a0': len(list_filter(list_transform(_v.a0, lambda _y: "
            + Apply(
                $"CASE WHEN _c.a0 IN (-1, 0, 1) THEN _c.a0 ELSE {Error("'Lambda comparator must return either -1, 0, or 1'")} END", ("_c", "{'a0': {cmp}}"))
            + "), lambda _r: _r > 0)), 'a1': _i})), lambda _s: _v.a0[_s.a1])",
        "{0}").Replace("{cmp}", Apply("{1:body}", ("{1:0}", "_x"), ("{1:1}", "_y")), StringComparison.Ordinal);

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("all_match(array(T), function(T, boolean)) -> boolean", Match("CASE WHEN list_position(_m.a0, false) IS NOT NULL THEN false "
            + "WHEN list_position(_m.a0, NULL) IS NOT NULL THEN NULL ELSE true END")),
        new("any_match(array(T), function(T, boolean)) -> boolean", Match("CASE WHEN list_position(_m.a0, true) IS NOT NULL THEN true "
            + "WHEN list_position(_m.a0, NULL) IS NOT NULL THEN NULL ELSE false END")),
        new("none_match(array(T), function(T, boolean)) -> boolean", Match("CASE WHEN list_position(_m.a0, true) IS NOT NULL THEN false "
            + "WHEN list_position(_m.a0, NULL) IS NOT NULL THEN NULL ELSE true END")),
        new("array_sort(array(T), function(T, T, integer)) -> array(T)", SortByComparator),
        new("filter(array(T), function(T, boolean)) -> array(T)", "list_filter({0}, {1})"),
        new("map_filter(map(K, V), function(K, V, boolean)) -> map(K, V)",
            $"map_from_entries(list_filter(map_entries({{0}}), lambda _e: {Entry("{1}", "_e.key", "_e.value")}))"),
        new("map_zip_with(map(K, V1), map(K, V2), function(K, V1, V2, V3)) -> map(K, V3)", Let(
            NullWith(
                LetAs(
                    "_k",
                    "map(_k.a0, list_transform(_k.a0, lambda _key: "
                        + Apply("{2:body}", ("{2:0}", "_key"), ("{2:1}", "_v.a0[_key]"), ("{2:2}", "_v.a1[_key]")) + "))",
                    "list_concat(map_keys(_v.a0), list_filter(map_keys(_v.a1), lambda _x: NOT map_contains(_v.a0, _x)))"),
                "_v.a0",
                "_v.a1"),
            "{0}",
            "{1}")),
        new("reduce(array(T), S, function(S, T, S), function(S, R)) -> R", "") { Render = Reduced },
        new("transform(array(T), function(T, U)) -> array(U)", "list_transform({0}, {1})"),
        new("transform_keys(map(K1, V), function(K1, V, K2)) -> map(K2, V)", Let(
            LetAs(
                "_k",
                $"CASE WHEN list_position(_k.a0, NULL) IS NOT NULL THEN {Error("'map key cannot be null'")} "
                    + "WHEN len(list_distinct(_k.a0)) < len(_k.a0) THEN "
                    + Error("'Duplicate keys (' || CAST(list_filter(_k.a0, lambda _x, _i: list_position(_k.a0, _x) < _i)[1] AS VARCHAR) || ') are not allowed'")
                    + " ELSE map(_k.a0, map_values(_v.a0)) END",
                $"list_transform(map_entries(_v.a0), lambda _e: {Entry("{1}", "_e.key", "_e.value")})"),
            "{0}")),
        new("transform_values(map(K, V1), function(K, V1, V2)) -> map(K, V2)",
            $"map_from_entries(list_transform(map_entries({{0}}), lambda _e: {{'key': _e.key, 'value': {Entry("{1}", "_e.key", "_e.value")}}}))"),
        new("zip_with(array(T), array(U), function(T, U, R)) -> array(R)", Let(
            NullWith($"list_transform(list_zip(_v.a0, _v.a1), lambda _e: {Entry("{2}", "_e[1]", "_e[2]")})", "_v.a0", "_v.a1"), "{0}", "{1}")),
    ];

    private static string Match(string verdict) => LetAs("_m", $"CASE WHEN _m.a0 IS NULL THEN NULL ELSE {verdict} END", "list_transform({0}, {1})");

    private static string Entry(string lambda, string first, string second) =>
        Apply(Part(lambda, "body"), (Part(lambda, "0"), first), (Part(lambda, "1"), second));

    private static string Part(string lambda, string part) => lambda.Replace("}", $":{part}}}", StringComparison.Ordinal);

    // State and element are of two types, and travel in one struct.
    private static string Reduced(FunctionCall call)
    {
        var (element, state) = call.Types[0] is Types.ArrayType array ? (DuckDbType.Of(array.Element), DuckDbType.Of(call.Types[1])) : ("INTEGER", "INTEGER");
        var steps = $"list_transform({{0}}, lambda _e: {{'a0': CAST(NULL AS {state}), 'a1': _e}})";
        var step = $"{{'a0': CAST({Entry("{2}", "_s.a0", "_n.a1")} AS {state}), 'a1': CAST(NULL AS {element})}}";
        var last = $"list_reduce({steps}, lambda _s, _n: {step}, {{'a0': CAST({{1}} AS {state}), 'a1': CAST(NULL AS {element})}})";
        return LetAs("_l", $"CASE WHEN _l.a0 IS NULL THEN NULL ELSE {Apply("{3:body}", ("{3:0}", "_l.a0.a0"))} END", last);
    }
}
