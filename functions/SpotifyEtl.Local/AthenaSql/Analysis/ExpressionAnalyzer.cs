using System.Runtime.CompilerServices;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what expressions of a clause mean: their types, and how DuckDB computes them.</summary>
internal sealed class ExpressionAnalyzer
{
    private readonly List<(string Name, Value Value)> _parameters = [];
    private readonly Predicates _predicates;
    private readonly Choices _choices;
    private readonly Aggregation _aggregation;
    private int _tries;

    public ExpressionAnalyzer(StatementContext statement, QueryAnalyzer queries, Scope scope, Clause clause)
    {
        (Statement, Queries, Scope, Clause) = (statement, queries, scope, clause);
        Calls = new Calls(this);
        _predicates = new Predicates(this);
        _choices = new Choices(this);
        _aggregation = new Aggregation(this);
    }

    public StatementContext Statement { get; }

    public QueryAnalyzer Queries { get; }

    public Scope Scope { get; }

    public Clause Clause { get; }

    public Calls Calls { get; }

    /// <summary>Whether an aggregate was found.</summary>
    public bool HasAggregates { get; set; }

    /// <summary>Whether what is looked at stands in an aggregate, a window function or a lambda.</summary>
    public string? Inside { get; set; }

    /// <summary>Whether what is looked at stands in TRY, where DuckDB computes neither aggregates nor queries.</summary>
    public bool IsInTry => _tries > 0;

    public Value Analyze(Expression expression)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw expression.At.Fault("The expression is nested too deeply.");
        }

        var ungrouped = Scope.Ungrouped?.Count;
        var value = Find(expression);
        if (ungrouped is { } before && Scope.GroupKeys?.Contains(value.Sql) is true)
        {
            Scope.Ungrouped!.RemoveRange(before, Scope.Ungrouped.Count - before);
            return GroupingAnalyzer.OfGroup(value);
        }

        return value;
    }

    /// <summary>A condition.</summary>
    public Value Condition(Expression expression, string clause)
    {
        var value = Analyze(expression);
        return value.Type == SqlType.Boolean || value.Type == SqlType.Unknown
            ? Casts.Coerce(value, SqlType.Boolean, expression.At)
            : throw expression.At.Fault($"{clause} must evaluate to a boolean: actual type {value.Type}");
    }

    /// <summary>What rows are ordered by, in DuckDB's SQL: nulls are last unless it is said.</summary>
    public string Sorted(SortItem item) => Sorted(Analyze(item.Key), item);

    public static string Sorted(Value key, SortItem item) => Predicates.IsOrderable(key.Type)
        ? $"{ComparisonSql.Comparable(key)} {(item.IsDescending ? "DESC" : "ASC")} NULLS {(item.NullsFirst ? "FIRST" : "LAST")}"
        : throw item.Key.At.Fault($"Type {key.Type} is not orderable, and therefore cannot be used in ORDER BY");

    /// <summary>A lambda's body, where its parameters have these types.</summary>
    public LambdaBody AnalyzeLambda(Lambda lambda, IReadOnlyList<SqlType> types)
    {
        var count = _parameters.Count;
        var inside = Inside;
        List<string> names = [];
        foreach (var (name, type) in lambda.Parameters.Zip(types))
        {
            names.Add($"x{_parameters.Count + 1}");
            _parameters.Add((name, new Value(type, names[^1]) { Field = new Field(name, type, names[^1]) }));
        }

        Inside = "Lambda expression";
        try
        {
            return new LambdaBody(names, Analyze(lambda.Body));
        }
        finally
        {
            Inside = inside;
            _parameters.RemoveRange(count, _parameters.Count - count);
        }
    }

    /// <summary>The parameter of a lambda around; null: there is none of that name.</summary>
    public Value? Parameter(string name)
    {
        var place = _parameters.FindLastIndex(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : _parameters[place].Value;
    }

    private Value Find(Expression expression) => expression switch
    {
        NullLiteral => Value.Null,
        BooleanLiteral literal => new Value(SqlType.Boolean, literal.Value ? "true" : "false") { IsLiteral = true },
        IntegerLiteral literal => Literals.Integer(literal),
        DecimalLiteral literal => Literals.Decimal(literal.Digits, literal.At),
        DoubleLiteral literal => Literals.Double(literal),
        TextLiteral literal => Literals.Text(literal.Value),
        BinaryLiteral literal => Literals.Binary(literal),
        TypedLiteral { Type.Name: "json" } literal => Calls.Of("json_parse", [Literals.Text(literal.Value)], literal.At),
        TypedLiteral literal => Literals.Typed(literal),
        IntervalLiteral literal => Intervals.Of(literal),
        CurrentMoment moment => Now.Of(moment, Statement.Now),
        NameExpression or Dereference => Names.Of(this, expression),
        Subscript subscript => Subscripts.Of(Analyze(subscript.Of), Analyze(subscript.Index), subscript),
        Negation negation => Arithmetic.Negate(Analyze(negation.Of), negation),
        Calculation { Operator: "||" } calculation => Concatenation(calculation),
        Calculation calculation => Arithmetic.Of(calculation.Operator, Analyze(calculation.Left), Analyze(calculation.Right), calculation.At),
        Comparison or QuantifiedComparison or Logical or Not or Between or InList or InQuery or Like or IsNull or IsDistinct or Exists =>
            _predicates.Of(expression),
        Case or Call { Name: "if" or "coalesce" or "nullif" } => _choices.Of(expression),
        QueryExpression query => Queries.Scalar(query, this),
        Cast cast => CastOf(cast),
        ArrayConstructor array => Array(array),
        RowConstructor row => Row(row),
        AtTimeZone zone => Zone(zone),
        Call { Name: "try", Arguments: [var tried] } call => Try(tried, call),
        Call call => _aggregation.Of(call),
        Lambda lambda => throw lambda.At.Fault("Lambda expression should always be used inside a function"),
        _ => throw expression.At.Fault("This expression is not offered here."),
    };

    private Value Concatenation(Calculation calculation)
    {
        var (left, right) = (Analyze(calculation.Left), Analyze(calculation.Right));
        var areTexts = (TypeRules.IsText(left.Type) || left.Type == SqlType.Unknown) && (TypeRules.IsText(right.Type) || right.Type == SqlType.Unknown);
        if (areTexts && (left.Type is VarcharType || right.Type is VarcharType))
        {
            return new Value(SqlType.Varchar, $"({left.Sql} || {right.Sql})");
        }

        return (TypeRules.IsNumeric(left.Type) && right.Type is not ArrayType) || (TypeRules.IsNumeric(right.Type) && left.Type is not ArrayType)
            ? throw calculation.At.Fault($"Cannot apply operator: {left.Type} || {right.Type}. CAST(… AS varchar) makes text of a number.")
            : Calls.Of("concat", [left, right], calculation.At);
    }

    private Value CastOf(Cast cast)
    {
        var value = Analyze(cast.Of);
        var type = TypeNames.Resolve(cast.Type);
        return cast.IsTry ? Casts.TryTo(value, type, cast.At) : Casts.To(value, type, cast.At);
    }

    private Value Try(Expression tried, Call call)
    {
        _tries++;
        var value = Analyze(tried);
        _tries--;
        return value.Type == SqlType.Unknown ? value : new Value(value.Type, $"TRY({value.Sql})");
    }

    private Value Array(ArrayConstructor array)
    {
        var items = Choices.Alike([.. array.Items.Select(Analyze)], array, "ARRAY elements");
        return new Value(new ArrayType(items.Type), array.Items.Count == 0 ? "[]" : $"[{string.Join(", ", items.Values.Select(item => item.Sql))}]");
    }

    private Value Row(RowConstructor row)
    {
        var items = row.Items.Select(Analyze).ToList();
        return new Value(
            new RowType([.. items.Select(item => new RowField(Name: null, item.Type))]),
            Spelling.Struct(items.Select(item => item.Type == SqlType.Unknown ? Spelling.Cast("NULL", item.Type) : item.Sql)));
    }

    private Value Zone(AtTimeZone zone)
    {
        var (value, name) = (Analyze(zone.Of), Analyze(zone.Zone));
        if (value.Type is not TimestampType type || name.Type is not VarcharType)
        {
            throw zone.At.Fault($"Type of value must be a timestamp with or without time zone (actual {value.Type})");
        }

        var zoned = Casts.Coerce(value, type with { HasZone = true }, zone.At);
        return new Value(zoned.Type, ZonedTime.WithZone(zoned.Sql, name.Sql));
    }
}

/// <summary>A lambda's body, and what DuckDB calls its parameters.</summary>
internal sealed record LambdaBody(IReadOnlyList<string> Parameters, Value Value);
