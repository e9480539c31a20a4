using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>What is true, false or unknown.</summary>
internal sealed class Predicates(ExpressionAnalyzer expressions)
{
    public Value Of(Expression expression) => expression switch
    {
        Comparison comparison => Compare(
            comparison.Operator, expressions.Analyze(comparison.Left), expressions.Analyze(comparison.Right), comparison.At),
        QuantifiedComparison quantified => Quantified(quantified),
        Logical logical => Truth($"({string.Join(logical.IsAnd ? " AND " : " OR ", logical.Terms.Select(term => Term(term, logical.IsAnd)))})"),
        Not { Of: Like like } => Truth($"(NOT {Like(like)})"),
        Not not => Truth($"(NOT {expressions.Condition(not.Of, "Value of logical NOT expression").Sql})"),
        Between between => Within(between),
        InList list => In(list),
        InQuery query => expressions.Queries.In(query, expressions),
        Like like => Truth(Like(like)),
        IsNull isNull => Truth($"({expressions.Analyze(isNull.Of).Sql} IS NULL)"),
        IsDistinct distinct => Distinct(distinct),
        Exists exists => expressions.Queries.Exists(exists, expressions),
        _ => throw expression.At.Fault("This condition is not offered here."),
    };

    public static Value Compare(string sign, Value left, Value right, Position at)
    {
        var (first, second) = Alike(sign, left, right, at);
        return Truth(ComparisonSql.Of(sign, first, second));
    }

    /// <summary>Two values as the type that they have in common.</summary>
    public static (Value Left, Value Right) Alike(string sign, Value left, Value right, Position at)
    {
        var common = TypeRules.Common(left.Type, right.Type);
        if (common is null || (sign is not ("=" or "<>" or "IS DISTINCT FROM" or "IN") && !IsOrderable(common)))
        {
            throw Arithmetic.Refusal(sign, left, right, at);
        }

        Check(common, at);

        // Whole numbers of any size DuckDB compares as they are, and by that finds the rows faster.
        return TypeRules.IsInteger(left.Type) && TypeRules.IsInteger(right.Type)
            ? (left, right)
            : (Casts.Coerce(left, common, at), Casts.Coerce(right, common, at));
    }

    public static bool IsOrderable(SqlType type) => type switch
    {
        MapType or FunctionType or SimpleType { Name: "json" } => false,
        ArrayType array => IsOrderable(array.Element),
        RowType row => row.Fields.All(field => IsOrderable(field.Type)),
        _ => true,
    };

    private static void Check(SqlType compared, Position at)
    {
        if (Zoned.IsWithin(compared))
        {
            throw at.Fault($"A comparison of {compared} is not offered here: {Zoned.Instead}");
        }
    }

    private static Value Truth(string sql) => new(SqlType.Boolean, sql);

    private string Term(Expression term, bool isAnd) => expressions.Condition(term, $"Logical expression term of {(isAnd ? "AND" : "OR")}").Sql;

    private Value Within(Between between)
    {
        var value = expressions.Analyze(between.Value);
        var (low, high) = (expressions.Analyze(between.Low), expressions.Analyze(between.High));
        if (value.IsSimple)
        {
            return Truth($"({Compare(">=", value, low, between.At).Sql} AND {Compare("<=", value, high, between.At).Sql})");
        }

        var once = value with { Sql = "_v.a0", IsLiteral = true };
        var (first, second) = (low with { Sql = "_v.a1", IsLiteral = true }, high with { Sql = "_v.a2", IsLiteral = true });
        return Truth(Functions.Expressions.Let(
            $"({Compare(">=", once, first, between.At).Sql} AND {Compare("<=", once, second, between.At).Sql})", value.Sql, low.Sql, high.Sql));
    }

    private Value In(InList list)
    {
        var value = expressions.Analyze(list.Value);
        var items = list.Items.Select(expressions.Analyze).ToList();
        var common = TypeRules.Common([value.Type, .. items.Select(item => item.Type)]);
        if (common is null)
        {
            var odd = items.First(item => TypeRules.Common(value.Type, item.Type) is null);
            throw list.At.Fault(
                $"IN value and list items must be the same type: {value.Type} and {odd.Type}"
                    + $"{TextColumns.Advice([value, odd], TypeRules.IsText(odd.Type) ? null : odd.Type)}");
        }

        Check(common, list.At);
        var isWhole = TypeRules.IsInteger(common) && items.TrueForAll(item => item.Type != SqlType.Unknown);
        string As(Value one) => isWhole ? one.Sql : ComparisonSql.Comparable(Casts.Coerce(one, common, list.At));
        return Truth($"({As(value)} IN ({string.Join(", ", items.Select(As))}))");
    }

    private Value Distinct(IsDistinct distinct)
    {
        var (left, right) = Alike("IS DISTINCT FROM", expressions.Analyze(distinct.Left), expressions.Analyze(distinct.Right), distinct.At);
        return Truth($"({ComparisonSql.Comparable(left)} IS DISTINCT FROM {ComparisonSql.Comparable(right)})");
    }

    private string Like(Like like)
    {
        var (value, pattern) = (expressions.Analyze(like.Value), expressions.Analyze(like.Pattern));
        if (!(TypeRules.IsText(value.Type) || value.Type == SqlType.Unknown) || !(TypeRules.IsText(pattern.Type) || pattern.Type == SqlType.Unknown))
        {
            throw like.At.Fault($"Left side of LIKE expression must evaluate to a varchar (actual: {value.Type})");
        }

        if (like.Escape is null)
        {
            return $"({value.Sql} LIKE {pattern.Sql})";
        }

        var escape = expressions.Analyze(like.Escape);
        if (escape.Constant is { } constant && constant.EnumerateRunes().Count() != 1)
        {
            throw like.At.Fault("Escape string must be a single character");
        }

        if (pattern.Constant is { } text && escape.Constant is { } mark && HasOpenEscape(text, mark[0]))
        {
            throw like.At.Fault($"Escape character must be followed by '%', '_' or the escape character itself");
        }

        return $"({value.Sql} LIKE {pattern.Sql} ESCAPE {escape.Sql})";
    }

    private static bool HasOpenEscape(string pattern, char escape)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == escape && (++i >= pattern.Length || (pattern[i] is not ('%' or '_') && pattern[i] != escape)))
            {
                return true;
            }
        }

        return false;
    }

    private Value Quantified(QuantifiedComparison quantified) => expressions.Queries.Quantified(quantified, expressions);
}
