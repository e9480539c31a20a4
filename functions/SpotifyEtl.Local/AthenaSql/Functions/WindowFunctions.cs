using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Functions that are only of windows.</summary>
internal static class WindowFunctions
{
    private static readonly string Offset = $"CASE WHEN {{1}} < 0 THEN {Error("'Offset must be at least 0'")} ELSE {{1}} END";
    private static readonly string Place = $"CASE WHEN {{1}} < 1 THEN {Error("'Offset must be at least 1'")} ELSE {{1}} END";

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        Of("cume_dist() -> double", "cume_dist()"),
        Of("dense_rank() -> bigint", "dense_rank()"),
        Of("first_value(T) -> T", "first_value({0}{nulls})"),
        .. Neighbour("lag"),
        Of("last_value(T) -> T", "last_value({0}{nulls})"),
        .. Neighbour("lead"),
        Of("nth_value(T, bigint) -> T", $"nth_value({{0}}, {Place}{{nulls}})"),
        Of("ntile(bigint) -> bigint", "ntile({0})"),
        Of("percent_rank() -> double", "percent_rank()"),
        Of("rank() -> bigint", "rank()"),
        Of("row_number() -> bigint", "row_number()"),
    ];

    private static IEnumerable<SqlFunction> Neighbour(string name) =>
    [
        Of($"{name}(T) -> T", $"{name}({{0}}{{nulls}})"),
        Of($"{name}(T, bigint) -> T", $"{name}({{0}}, {Offset}{{nulls}})"),
        Of($"{name}(T, bigint, T) -> T", $"{name}({{0}}, {Offset}, {{2}}{{nulls}})"),
    ];

    private static SqlFunction Of(string signature, string sql) => new(signature, sql + "{over}") { Kind = FunctionKind.Window };
}
