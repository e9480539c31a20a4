using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Aggregates of statistics.</summary>
internal static class StatisticFunctions
{
    private const string Behind = "{filter}{over}";

    private static readonly string[] Measured = ["bigint", "double", "real"];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Measured.SelectMany(type => Percentiles(type)),
        .. Pairs("corr", "covar_pop", "covar_samp", "regr_intercept", "regr_slope"),
        new("entropy(bigint) -> double", LetAs(
            "_e",
            "CASE WHEN _e.a2 < 0 THEN " + Error("'Entropy count argument must be non-negative'")
                + " WHEN coalesce(_e.a0, 0) = 0 THEN CAST(0 AS DOUBLE) ELSE greatest(0, (ln(_e.a0) - _e.a1 / _e.a0) / ln(2)) END",
            $"CAST(sum({{0}}){Behind} AS DOUBLE)",
            $"sum(CASE WHEN {{0}} > 0 THEN {{0}} * ln({{0}}) ELSE 0 END){Behind}",
            $"min({{0}}){Behind}"))
        {
            Kind = FunctionKind.Aggregate,
        },
        Of("geometric_mean(double) -> double", $"exp(avg(athena_ln({{0}})){Behind})"),
        Of("kurtosis(double) -> double", $"CASE WHEN count({{0}}){Behind} > 3 THEN kurtosis({{0}}){Behind} END"),
        Of("skewness(double) -> double",
            $"CASE WHEN count({{0}}){Behind} > 2 THEN skewness({{0}}){Behind} * (count({{0}}){Behind} - 2) "
                + $"/ sqrt(count({{0}}){Behind} * CAST(count({{0}}){Behind} - 1 AS DOUBLE)) END"),
        Spread("stddev", "stddev_samp"),
        Spread("stddev_pop", "stddev_pop"),
        Spread("stddev_samp", "stddev_samp"),
        Spread("var_pop", "var_pop"),
        Spread("var_samp", "var_samp"),
        Spread("variance", "var_samp"),
    ];

    private static SqlFunction Of(string signature, string sql) => new(signature, sql) { Kind = FunctionKind.Aggregate };

    private static SqlFunction Spread(string name, string sql) => Of($"{name}(double) -> double", $"{sql}({{distinct}}{{0}}){Behind}");

    private static IEnumerable<SqlFunction> Pairs(params string[] names) =>
        names.Select(name => Of($"{name}(double, double) -> double", $"{name}({{0}}, {{1}}){Behind}"));

    // Exact values that are there. DuckDB takes constant shares alone: others are of no use in a group.
    private static IEnumerable<SqlFunction> Percentiles(string type) =>
    [
        Of($"approx_percentile({type}, double) -> {type}", "quantile_disc({0}, {1})" + Behind),
        Of($"approx_percentile({type}, array(double)) -> array({type})", "quantile_disc({0}, {1})" + Behind),
        Of($"approx_percentile({type}, double, double) -> {type}", Weighted("{2}")),
        Of($"approx_percentile({type}, double, array(double)) -> array({type})", Weighted("{2}")),
    ];

    private static string Weighted(string share) =>
        $"list_aggregate(flatten(list({WeightedValue}){Behind}), 'quantile_disc', {share})";

    private static string WeightedValue =>
        $"CASE WHEN {{0}} IS NULL OR {{1}} IS NULL THEN [] WHEN {{1}} < 1 THEN {Error("'percentile weight must be greater than or equal to 1'")} "
        + "ELSE repeat([{0}], CAST(round({1}) AS BIGINT)) END";
}
