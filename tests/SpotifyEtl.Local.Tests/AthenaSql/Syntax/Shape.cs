using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.Tests.AthenaSql.Syntax;

/// <summary>An expression's tree as text: every operation in brackets.</summary>
internal static class Shape
{
    /// <summary>The tree of an expression as it stands in a SELECT.</summary>
    public static string Parsed(string sql) =>
        Of(((Selection)((QueryStatement)StatementParser.Parse($"SELECT {sql}")).Query.Body).Items.Single().Value!);

    public static string Of(Expression expression) => expression switch
    {
        NullLiteral => "null",
        BooleanLiteral literal => literal.Value ? "true" : "false",
        IntegerLiteral literal => literal.Digits,
        DecimalLiteral literal => literal.Digits,
        DoubleLiteral literal => literal.Digits,
        TextLiteral literal => $"'{literal.Value}'",
        BinaryLiteral literal => $"x{literal.Hex}",
        TypedLiteral literal => $"[{literal.Type.Name} {literal.Value}]",
        IntervalLiteral literal => $"[interval {(literal.IsNegative ? "-" : "")}{literal.Value} {literal.From}"
            + $"{(literal.To is null ? "" : $" to {literal.To}")}]",
        NameExpression name => name.Name,
        Dereference dereference => $"{Of(dereference.Of)}.{dereference.Name}",
        Subscript subscript => $"[at {Of(subscript.Of)} {Of(subscript.Index)}]",
        Negation negation => $"[- {Of(negation.Of)}]",
        Calculation calculation => $"[{calculation.Operator} {Of(calculation.Left)} {Of(calculation.Right)}]",
        Comparison comparison => $"[{comparison.Operator} {Of(comparison.Left)} {Of(comparison.Right)}]",
        QuantifiedComparison quantified => $"[{quantified.Operator} {(quantified.IsAll ? "all" : "any")} {Of(quantified.Left)}]",
        Logical logical => $"[{(logical.IsAnd ? "and" : "or")} {All(logical.Terms)}]",
        Not not => $"[not {Of(not.Of)}]",
        Between between => $"[between {Of(between.Value)} {Of(between.Low)} {Of(between.High)}]",
        InList list => $"[in {Of(list.Value)} {All(list.Items)}]",
        InQuery query => $"[in {Of(query.Value)} query]",
        Like like => $"[like {Of(like.Value)} {Of(like.Pattern)}{(like.Escape is null ? "" : $" {Of(like.Escape)}")}]",
        IsNull isNull => $"[null? {Of(isNull.Of)}]",
        IsDistinct distinct => $"[distinct {Of(distinct.Left)} {Of(distinct.Right)}]",
        Exists => "[exists query]",
        QueryExpression => "query",
        Case choice => $"[case {(choice.Operand is null ? "" : Of(choice.Operand) + " ")}"
            + $"{string.Join(' ', choice.Whens.Select(when => $"{Of(when.Condition)}:{Of(when.Result)}"))} {(choice.Else is null ? "" : Of(choice.Else))}]",
        Cast cast => $"[{(cast.IsTry ? "try_" : "")}cast {Of(cast.Of)} {Of(cast.Type)}]",
        Lambda lambda => $"[{string.Join(',', lambda.Parameters)} -> {Of(lambda.Body)}]",
        RowConstructor row => $"[row {All(row.Items)}]",
        ArrayConstructor array => $"[array {All(array.Items)}]",
        AtTimeZone zone => $"[zone {Of(zone.Of)} {Of(zone.Zone)}]",
        CurrentMoment moment => moment.Name,
        Call call => $"[{call.Name}{(call.IsDistinct ? " distinct" : "")}{(call.IsOfRows ? " *" : "")} {All(call.Arguments)}"
            + $"{string.Concat(call.Order.Select(item => $" by {Of(item.Key)}{(item.IsDescending ? " desc" : "")}{(item.NullsFirst ? " first" : "")}"))}"
            + $"{(call.Filter is null ? "" : $" where {Of(call.Filter)}")}{(call.IgnoresNulls ? " ignore" : "")}{(call.Window is null ? "" : " over")}]",
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static string All(IEnumerable<Expression> expressions) => string.Join(' ', expressions.Select(Of));

    private static string Of(TypeName type) => type.Arguments.Count == 0
        ? type.Name
        : $"{type.Name}({string.Join(",", type.Arguments.Select(Of))})";

    private static string Of(TypeArgument argument) =>
        argument.Number?.ToString() ?? $"{(argument.FieldName is null ? "" : argument.FieldName + ":")}{Of(argument.Type!)}";
}
