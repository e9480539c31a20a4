using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Arrays. Equal are what Trino calls not distinct: nulls are equal to nulls in sets.</summary>
internal static class ArrayFunctions
{
    private const int Most = 5;

    // Of each the first, in order.
    private static readonly Func<string, string, string> Distinct = (list, name) =>
        LetAs(name, $"list_filter({name}.a0, lambda _x, _i: list_position({name}.a0, _x) = _i)", list);

    private static readonly string NGrams = Let(
        $"CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL WHEN _v.a1 <= 0 THEN {Error("'N must be positive'")} "
            + "WHEN len(_v.a0) <= _v.a1 THEN [_v.a0] ELSE list_transform(range(1, len(_v.a0) - _v.a1 + 2), lambda _i: _v.a0[_i:_i + _v.a1 - 1]) END",
        "{0}",
        "CAST({1} AS BIGINT)");

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<List<string?>, string, string, string>("athena_array_join", Splitting.Join),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("array_distinct(array(E)) -> array(E)", Distinct("{0}", "_v")),
        new("array_except(array(E), array(E)) -> array(E)", Let(
            NullWith(Distinct("list_filter(_v.a0, lambda _y: list_position(_v.a1, _y) IS NULL)", "_d"), "_v.a0", "_v.a1"), "{0}", "{1}")),
        new("array_intersect(array(E), array(E)) -> array(E)", Let(
            NullWith(Distinct("list_filter(_v.a0, lambda _y: list_position(_v.a1, _y) IS NOT NULL)", "_d"), "_v.a0", "_v.a1"), "{0}", "{1}")),
        new("array_union(array(E), array(E)) -> array(E)", Let(
            NullWith(Distinct("list_concat(_v.a0, _v.a1)", "_d"), "_v.a0", "_v.a1"), "{0}", "{1}")),
        new("array_join(array(T), varchar) -> varchar", "") { Render = call => Join(call, "chr(0)") },
        new("array_join(array(T), varchar, varchar) -> varchar", "") { Render = call => Join(call, "{2}") },
        new("array_max(array(T)) -> T", "") { Render = call => Extreme(call, "list_max") },
        new("array_min(array(T)) -> T", "") { Render = call => Extreme(call, "list_min") },
        new("array_position(array(E), E) -> bigint", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL ELSE CAST(coalesce(list_position(_v.a0, _v.a1), 0) AS BIGINT) END", "{0}", "{1}")),
        new("array_remove(array(E), E) -> array(E)", Let(
            NullWith("list_filter(_v.a0, lambda _x: _x IS DISTINCT FROM _v.a1)", "_v.a1"), "{0}", "{1}")),
        new("array_sort(array(E)) -> array(E)", "list_sort({0}, 'ASC', 'NULLS LAST')"),
        new("arrays_overlap(array(E), array(E)) -> boolean", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL "
                + "WHEN len(list_filter(_v.a0, lambda _x: _x IS NOT NULL AND list_position(_v.a1, _x) IS NOT NULL)) > 0 THEN true "
                + "WHEN len(_v.a0) = 0 OR len(_v.a1) = 0 THEN false "
                + "WHEN list_position(_v.a0, NULL) IS NOT NULL OR list_position(_v.a1, NULL) IS NOT NULL THEN NULL ELSE false END",
            "{0}",
            "{1}")),
        new("cardinality(array(E)) -> bigint", "len({0})"),
        new("combinations(array(T), bigint) -> array(array(T))", Combinations()),
        new("concat(array(E), array(E), array(E)...) -> array(E)", "") { Render = Concatenation },
        new("concat(E, array(E)) -> array(E)", Let(NullWith("list_concat([_v.a0], _v.a1)", "_v.a1"), "{0}", "{1}")),
        new("concat(array(E), E) -> array(E)", Let(NullWith("list_concat(_v.a0, [_v.a1])", "_v.a0"), "{0}", "{1}")),
        new("contains(array(T), T) -> boolean", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL WHEN list_position(_v.a0, _v.a1) IS NOT NULL THEN true "
                + "WHEN list_position(_v.a0, NULL) IS NOT NULL THEN NULL ELSE false END",
            "{0}",
            "{1}")),
        new("contains_sequence(array(T), array(T)) -> boolean", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL WHEN len(_v.a1) = 0 THEN true ELSE "
                + "len(list_filter(range(1, len(_v.a0) - len(_v.a1) + 2), lambda _i: _v.a0[_i:_i + len(_v.a1) - 1] = _v.a1)) > 0 END",
            "{0}",
            "{1}")),
        new("element_at(array(E), bigint) -> E", Let(
            $"CASE WHEN _v.a1 = 0 THEN {Error("'SQL array indices start at 1'")} ELSE _v.a0[_v.a1] END", "{0}", "{1}")),
        new("flatten(array(array(E))) -> array(E)", "flatten({0})"),
        new("ngrams(array(T), bigint) -> array(array(T))", NGrams),
        new("repeat(T, bigint) -> array(T)", Let(
            $"CASE WHEN _v.a1 IS NULL THEN NULL WHEN _v.a1 > 10000 THEN {Error("'count argument of repeat function must be less than or equal to 10000'")} "
                + $"WHEN _v.a1 < 0 THEN {Error("'count argument of repeat function must be greater than or equal to 0'")} "
                + "ELSE list_transform(range(0, _v.a1), lambda _i: _v.a0) END",
            "{0}",
            "{1}")),
        new("reverse(array(E)) -> array(E)", "list_reverse({0})"),
        new("shuffle(array(E)) -> array(E)", Let(
            "list_transform(list_sort(list_transform(_v.a0, lambda _x, _i: {'a0': hash(_i, _v.a1), 'a1': _x})), lambda _x: _x.a1)", "{0}", "random()")),
        new("slice(array(E), bigint, bigint) -> array(E)", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL OR _v.a2 IS NULL THEN NULL "
                + $"WHEN _v.a2 < 0 THEN {Error("'length must be greater than or equal to 0'")} "
                + $"WHEN _v.a1 = 0 THEN {Error("'SQL array indices start at 1'")} "
                + "WHEN _v.a1 < 0 AND -_v.a1 > len(_v.a0) THEN _v.a0[1:0] "
                + "WHEN _v.a1 < 0 THEN _v.a0[len(_v.a0) + _v.a1 + 1:len(_v.a0) + _v.a1 + _v.a2] ELSE _v.a0[_v.a1:_v.a1 + _v.a2 - 1] END",
            "{0}",
            "{1}",
            "least({2}, 1000000000)")),
        new("trim_array(array(E), bigint) -> array(E)", Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL "
                + $"WHEN _v.a1 < 0 THEN {Error("'size must not be negative: ' || _v.a1")} "
                + $"WHEN _v.a1 > len(_v.a0) THEN {Error("'size must not exceed array cardinality ' || len(_v.a0) || ': ' || _v.a1")} "
                + "ELSE _v.a0[1:len(_v.a0) - _v.a1] END",
            "{0}",
            "{1}")),
        .. Enumerable.Range(2, Most - 1).Select(Zip),
    ];

    private static SqlFunction Zip(int count)
    {
        var types = Enumerable.Range(1, count).Select(index => $"T{index}").ToArray();
        var fields = types.Select((_, index) => $"'f{index + 1}': _e[{index + 1}]");
        var lists = string.Join(", ", types.Select((_, index) => $"_v.a{index}"));
        return new SqlFunction(
            $"zip({string.Join(", ", types.Select(type => $"array({type})"))}) -> array(row({string.Join(", ", types)}))",
            Let(
                NullWith($"list_transform(list_zip({lists}), lambda _e: {{{string.Join(", ", fields)}}})", [.. types.Select((_, index) => $"_v.a{index}")]),
                [.. types.Select((_, index) => $"{{{index}}}")]));
    }

    private static string Concatenation(FunctionCall call) => Let(
        NullWith(
            Enumerable.Range(1, call.Types.Count - 1).Aggregate("_v.a0", (joined, index) => $"list_concat({joined}, _v.a{index})"),
            [.. call.Types.Select((_, index) => $"_v.a{index}")]),
        [.. call.Types.Select((_, index) => $"{{{index}}}")]);

    private static string Extreme(FunctionCall call, string sql) => Let(
        call.Result is SimpleType { Name: "double" or "real" }
            ? $"CASE WHEN list_position(_v.a0, NULL) IS NULL THEN CASE WHEN len(list_filter(_v.a0, lambda _x: isnan(_x))) > 0 "
                + $"THEN CAST('nan' AS {DuckDbType.Of(call.Result)}) ELSE {sql}(_v.a0) END END"
            : $"CASE WHEN list_position(_v.a0, NULL) IS NULL THEN {sql}(_v.a0) END",
        "{0}");

    // DuckDB joins with constants alone.
    private static string Join(FunctionCall call, string nullText) => call.Types[0] is ArrayType { Element: var element }
        ? $"athena_array_join({(element is VarcharType ? "{0}" : Texts(element))}, {{1}}, {nullText})"
        : "NULL";

    private static string Texts(SqlType element) => CastSql.Of("_y", isSimple: true, element, SqlType.Varchar) is { } text
        ? $"list_transform({{0}}, lambda _y: {text})"
        : throw new PermanentEtlException($"array_join: a value of type {element} has no text. CAST it to json, and that by json_format.");

    // Each as the places of its elements: those of n + 1 are those of n with a later place at their end.
    private static string Combinations()
    {
        var size = "least(_v.a1, 5)";
        var places = "list_reduce(list_transform(range(0, " + size + "), lambda _i: [CAST([] AS BIGINT[])]), lambda _c, _n: "
            + "flatten(list_transform(_c, lambda _p: list_transform(range(coalesce(_p[-1], 0) + 1, len(_v.a0) + 1), lambda _q: list_append(_p, _q)))), "
            + "[CAST([] AS BIGINT[])])";
        return Let(
            "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL "
                + $"WHEN _v.a1 < 0 THEN {Error("'combination size must not be negative: ' || _v.a1")} "
                + $"WHEN _v.a1 > 5 THEN {Error("'combination size must not exceed 5: ' || _v.a1")} "
                + $"ELSE list_transform({places}, lambda _p: list_transform(_p, lambda _i: _v.a0[_i])) END",
            "{0}",
            "{1}");
    }
}
