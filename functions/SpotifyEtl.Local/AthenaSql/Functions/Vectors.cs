using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Expressions of vectors.</summary>
internal static class Vectors
{
    public static string CosineOfMaps { get; } = Let(
        "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL OR list_position(map_values(_v.a0), NULL) IS NOT NULL OR list_position(map_values(_v.a1), NULL) IS NOT NULL "
            + "THEN NULL ELSE coalesce(list_sum(list_transform(map_keys(_v.a0), lambda _k: coalesce(_v.a0[_k] * _v.a1[_k], 0))), 0) "
            + $"/ ({Norm("map_values(_v.a0)")} * {Norm("map_values(_v.a1)")}) END",
        "{0}",
        "{1}");

    public static string CosineOfArrays { get; } = Let(
        "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL "
            + $"WHEN len(_v.a0) <> len(_v.a1) THEN {Error("'The arguments must have the same length'")} "
            + "WHEN list_position(_v.a0, NULL) IS NOT NULL OR list_position(_v.a1, NULL) IS NOT NULL THEN NULL "
            + "ELSE list_sum(list_transform(_v.a0, lambda _x, _i: _x * _v.a1[_i])) "
            + $"/ ({Norm("_v.a0")} * {Norm("_v.a1")}) END",
        "{0}",
        "{1}");

    private static string Norm(string values) => $"sqrt(coalesce(list_sum(list_transform({values}, lambda _x: _x * _x)), 0))";
}
