using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Values of which one is chosen: CASE, IF, COALESCE, NULLIF.</summary>
internal sealed class Choices(ExpressionAnalyzer expressions)
{
    public Value Of(Expression expression) => expression switch
    {
        Case choice => CaseOf(choice),
        Call { Name: "if", Arguments: [var condition, var then] } call => If(condition, then, otherwise: null, call.At),
        Call { Name: "if", Arguments: [var condition, var then, var otherwise] } call => If(condition, then, otherwise, call.At),
        Call { Name: "if" } call => throw call.At.Fault("Invalid number of arguments for 'if' function"),
        Call { Name: "coalesce" } call => Coalesce(call),
        Call { Name: "nullif", Arguments: [var value, var other] } call => NullIf(expressions.Analyze(value), expressions.Analyze(other), call.At),
        _ => throw expression.At.Fault("Invalid number of arguments for 'nullif' function"),
    };

    /// <summary>Values as the type that they have in common.</summary>
    public static AlikeValues Alike(IReadOnlyList<Value> values, Expression of, string what)
    {
        var common = TypeRules.Common(values.Select(value => value.Type))
            ?? throw of.At.Fault(
                $"All {what} must be the same type: {string.Join(", ", values.Select(value => value.Type).Distinct())}{TextColumns.Advice(values)}");
        return new AlikeValues(common, [.. values.Select(value => Casts.Coerce(value, common, of.At))]);
    }

    private Value CaseOf(Case choice)
    {
        var operand = choice.Operand is null ? null : expressions.Analyze(choice.Operand);
        var conditions = choice.Whens.Select(when => operand is null
            ? expressions.Condition(when.Condition, "CASE WHEN clause").Sql
            : null).ToList();
        var tests = operand is null ? null : choice.Whens.Select(when => expressions.Analyze(when.Condition)).ToList();
        var otherwise = choice.Else is null ? Value.Null : expressions.Analyze(choice.Else);
        var results = Alike([.. choice.Whens.Select(when => expressions.Analyze(when.Result)), otherwise], choice, "CASE results");
        var start = "CASE";
        if (operand is not null)
        {
            var alike = Alike([operand, .. tests!], choice, "CASE operands");
            start = $"CASE {ComparisonSql.Comparable(alike.Values[0])}";
            conditions = [.. alike.Values.Skip(1).Select(ComparisonSql.Comparable)];
        }

        var arms = string.Concat(conditions.Zip(results.Values, (condition, result) => $" WHEN {condition} THEN {result.Sql}"));
        return new Value(results.Type, $"{start}{arms} ELSE {results.Values[^1].Sql} END");
    }

    private Value If(Expression condition, Expression then, Expression? otherwise, Position at)
    {
        var test = expressions.Condition(condition, "IF condition");
        var results = Alike([expressions.Analyze(then), otherwise is null ? Value.Null : expressions.Analyze(otherwise)], condition, "IF results");
        return new Value(results.Type, $"CASE WHEN {test.Sql} THEN {results.Values[0].Sql} ELSE {results.Values[1].Sql} END");
    }

    private Value Coalesce(Call call)
    {
        if (call.Arguments.Count < 2)
        {
            throw call.At.Fault("The 'coalesce' function must have at least two arguments");
        }

        var values = Alike([.. call.Arguments.Select(expressions.Analyze)], call, "COALESCE operands");
        return new Value(values.Type, $"coalesce({string.Join(", ", values.Values.Select(value => value.Sql))})");
    }

    private static Value NullIf(Value value, Value other, Position at)
    {
        var (left, right) = Predicates.Alike("=", value, other, at);
        return value.IsSimple
            ? new Value(value.Type, $"CASE WHEN {ComparisonSql.Of("=", left, right)} THEN NULL ELSE {value.Sql} END")
            : new Value(value.Type, Functions.Expressions.Let(
                $"CASE WHEN {Predicates.Compare("=", value with { Sql = "_v.a0", IsLiteral = true }, other with { Sql = "_v.a1", IsLiteral = true }, at).Sql} "
                    + "THEN NULL ELSE _v.a0 END",
                value.Sql,
                other.Sql));
    }
}

/// <summary>Values of one type.</summary>
internal sealed record AlikeValues(SqlType Type, IReadOnlyList<Value> Values);
