using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Calls: of functions of a row, aggregates, and both kinds of functions over windows.</summary>
internal sealed class Aggregation(ExpressionAnalyzer expressions)
{
    private static readonly SqlFunction s_countOfRows = new("count() -> bigint", "count(*){filter}{over}") { Kind = FunctionKind.Aggregate };

    public Value Of(Call call)
    {
        if (call.Name is "grouping")
        {
            return Grouping(call);
        }

        if (call.IsOfRows && call.Name is not "count")
        {
            throw call.At.Fault($"Unexpected parameters (*) for function {call.Name}");
        }

        var isAggregate = call.IsOfRows
            || expressions.Statement.Functions.Find(call.Name) is [var first, ..] && first.Function.Kind is FunctionKind.Aggregate;
        if (!isAggregate || call.Window is not null)
        {
            return Finish(call, Bind(call));
        }

        Allow(call, expressions.Clause.AllowsAggregates, "aggregations, window functions or grouping operations");
        expressions.HasAggregates = true;
        var inside = expressions.Inside;
        expressions.Inside = $"Aggregate function {call.Name}";
        try
        {
            return expressions.Scope.OfRows(() => Finish(call, Bind(call)));
        }
        finally
        {
            expressions.Inside = inside;
        }
    }

    private BoundCall Bind(Call call) => call.IsOfRows
        ? new BoundCall(new Binding(Signature.Read(s_countOfRows)), [], SqlType.BigInt)
        : expressions.Calls.Bind(call);

    private Value Finish(Call call, BoundCall bound)
    {
        var function = bound.Binding.Signature.Function;
        if (function.Kind is FunctionKind.Scalar)
        {
            return IsPlain(call) ? Calls.Render(bound, new FunctionClauses()) : throw call.At.Fault($"'{call.Name}' is not an aggregate function");
        }

        if (function.Kind is FunctionKind.Window && call.Window is null)
        {
            throw call.At.Fault($"Window function '{call.Name}' must have an OVER clause");
        }

        if (call.Overflow is { IsError: false })
        {
            throw call.At.Fault("ON OVERFLOW TRUNCATE is not offered here: take substr of the result.");
        }

        if (call.Window is not null)
        {
            Allow(call, expressions.Clause.AllowsWindows, "window functions");
        }

        if (call.IsDistinct && bound.Arguments.FirstOrDefault(argument => Zoned.Has(argument.Type)) is { } zoned
            && (call.Name is not "count" || Zoned.IsWithin(zoned.Type)))
        {
            throw call.At.Fault($"{call.Name} of DISTINCT timestamps with time zone is not offered here: {Zoned.Instead}");
        }

        FunctionClauses clauses = new(
            call.IsDistinct ? "DISTINCT " : "",
            call.Order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", call.Order.Select(expressions.Sorted))}",
            call.Filter is null ? "" : $" FILTER (WHERE {expressions.Condition(call.Filter, "FILTER clause").Sql})",
            call.Window is null ? "" : $" OVER ({new Windowing(expressions).Of(call.Window)})",
            call.IgnoresNulls ? IgnoringNulls(call) : "");
        return Calls.Render(bound, clauses);
    }

    private static bool IsPlain(Call call) =>
        !call.IsDistinct && call.Order.Count == 0 && call.Filter is null && call.Window is null && !call.IgnoresNulls;

    private static string IgnoringNulls(Call call) => call.Name is "lag" or "lead" or "first_value" or "last_value" or "nth_value"
        ? " IGNORE NULLS"
        : throw call.At.Fault($"Cannot specify null treatment clause for {call.Name} function");

    private Value Grouping(Call call)
    {
        Allow(call, expressions.Clause.AllowsAggregates, "aggregations, window functions or grouping operations");
        expressions.HasAggregates = true;
        var columns = expressions.Scope.OfRows(() => call.Arguments.Select(expressions.Analyze).ToList());
        return columns.TrueForAll(column => expressions.Scope.GroupKeys?.Contains(column.Sql) is true)
            ? new Value(SqlType.BigInt, $"CAST(GROUPING({string.Join(", ", columns.Select(ComparisonSql.Comparable))}) AS BIGINT)")
            : throw call.At.Fault("The arguments to GROUPING() must be expressions referenced by the GROUP BY at this query level");
    }

    private void Allow(Call call, bool isAllowed, string what)
    {
        if (!isAllowed)
        {
            throw call.At.Fault($"{expressions.Clause.Name} cannot contain {what}: [{call.Name}]");
        }

        if (expressions.Inside is { } inside)
        {
            throw call.At.Fault($"{inside} cannot contain {what}: [{call.Name}]");
        }

        if (expressions.IsInTry)
        {
            throw call.At.Fault($"TRY of {call.Name} is not offered here: compute it in a query in FROM, and try its result.");
        }
    }
}
