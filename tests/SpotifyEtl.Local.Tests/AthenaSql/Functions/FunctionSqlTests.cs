using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Functions;

namespace SpotifyEtl.Local.Tests.AthenaSql.Functions;

/// <summary>How arguments and clauses get into a function's expression.</summary>
public sealed class FunctionSqlTests
{
    [Fact]
    public void An_argument_is_closed_where_operators_could_reach_into_it() =>
        Assert.Equal("(a + b) * c", FunctionSql.Fill("{0} * {1}", ["a + b", "c"]));

    [Fact]
    public void All_arguments_stand_with_commas_between() => Assert.Equal("f(a, b)", FunctionSql.Fill("f({*})", ["a", "b"]));

    [Fact]
    public void A_lambda_stands_whole_or_in_parts() => Assert.Equal(
        "g(lambda x, y: x + y, x, y, (x + y))", FunctionSql.Fill("g({0}, {0:0}, {0:1}, {0:body})", ["lambda x, y: x + y"]));

    [Fact]
    public void A_colon_in_a_parameters_name_ends_no_parameters() => Assert.Equal(
        "\"a:b\" (1)", FunctionSql.Fill("{0:0} {0:body}", ["lambda \"a:b\": 1"]));

    [Fact]
    public void What_is_no_lambda_is_refused() =>
        Assert.Contains("lambda", Assert.Throws<PermanentEtlException>(() => FunctionSql.Fill("{0:body}", ["a"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Braces_of_structs_stay() => Assert.Equal("{'a0': x, 'b': {'c': 1}}", FunctionSql.Fill("{'a0': {0}, 'b': {'c': 1}}", ["x"]));

    [Fact]
    public void Clauses_of_an_aggregate_stand_where_it_says() => Assert.Equal(
        "list(DISTINCT x ORDER BY x) FILTER (WHERE y) OVER ()",
        FunctionSql.Fill("list({distinct}{0}{order}){filter}{over}", ["x"], new FunctionClauses("DISTINCT ", " ORDER BY x", " FILTER (WHERE y)", " OVER ()")));
}
