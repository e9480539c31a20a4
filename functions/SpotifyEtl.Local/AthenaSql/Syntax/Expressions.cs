namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>What has a value.</summary>
internal abstract record Expression(Position At);

internal sealed record NullLiteral(Position At) : Expression(At);

internal sealed record BooleanLiteral(bool Value, Position At) : Expression(At);

internal sealed record IntegerLiteral(string Digits, Position At) : Expression(At);

internal sealed record DecimalLiteral(string Digits, Position At) : Expression(At);

internal sealed record DoubleLiteral(string Digits, Position At) : Expression(At);

internal sealed record TextLiteral(string Value, Position At) : Expression(At);

internal sealed record BinaryLiteral(string Hex, Position At) : Expression(At);

/// <summary>A literal that begins with its type: <c>DATE '2024-05-15'</c>.</summary>
internal sealed record TypedLiteral(TypeName Type, string Value, Position At) : Expression(At);

internal sealed record IntervalLiteral(bool IsNegative, string Value, string From, string? To, Position At) : Expression(At);

internal sealed record NameExpression(string Name, Position At) : Expression(At);

/// <summary>A column of a relation, or a field of a row: <c>a.b</c>.</summary>
internal sealed record Dereference(Expression Of, string Name, Position At) : Expression(At);

internal sealed record Subscript(Expression Of, Expression Index, Position At) : Expression(At);

internal sealed record Negation(Expression Of, Position At) : Expression(At);

/// <summary>A calculation with two operands: + - * / % or ||.</summary>
internal sealed record Calculation(string Operator, Expression Left, Expression Right, Position At) : Expression(At);

/// <summary>A comparison: = &lt;&gt; &lt; &lt;= &gt; &gt;=.</summary>
internal sealed record Comparison(string Operator, Expression Left, Expression Right, Position At) : Expression(At);

/// <summary>A comparison with all or any rows of a query.</summary>
internal sealed record QuantifiedComparison(string Operator, bool IsAll, Expression Left, Query Query, Position At) : Expression(At);

internal sealed record Logical(bool IsAnd, IReadOnlyList<Expression> Terms, Position At) : Expression(At);

internal sealed record Not(Expression Of, Position At) : Expression(At);

internal sealed record Between(Expression Value, Expression Low, Expression High, Position At) : Expression(At);

internal sealed record InList(Expression Value, IReadOnlyList<Expression> Items, Position At) : Expression(At);

internal sealed record InQuery(Expression Value, Query Query, Position At) : Expression(At);

internal sealed record Like(Expression Value, Expression Pattern, Expression? Escape, Position At) : Expression(At);

internal sealed record IsNull(Expression Of, Position At) : Expression(At);

internal sealed record IsDistinct(Expression Left, Expression Right, Position At) : Expression(At);

internal sealed record Exists(Query Query, Position At) : Expression(At);

internal sealed record QueryExpression(Query Query, Position At) : Expression(At);

internal sealed record Case(Expression? Operand, IReadOnlyList<When> Whens, Expression? Else, Position At) : Expression(At);

/// <summary>An arm of a CASE.</summary>
internal sealed record When(Expression Condition, Expression Result);

internal sealed record Cast(Expression Of, TypeName Type, bool IsTry, Position At) : Expression(At);

internal sealed record Lambda(IReadOnlyList<string> Parameters, Expression Body, Position At) : Expression(At);

internal sealed record RowConstructor(IReadOnlyList<Expression> Items, Position At) : Expression(At);

internal sealed record ArrayConstructor(IReadOnlyList<Expression> Items, Position At) : Expression(At);

internal sealed record AtTimeZone(Expression Of, Expression Zone, Position At) : Expression(At);

/// <summary>The time of the statement: CURRENT_DATE and the like.</summary>
internal sealed record CurrentMoment(string Name, int? Precision, Position At) : Expression(At);

/// <summary>A call of a function, an aggregate or a window function.</summary>
internal sealed record Call(string Name, IReadOnlyList<Expression> Arguments, Position At) : Expression(At)
{
    /// <summary>Whether it is of the rows themselves: <c>count(*)</c>.</summary>
    public bool IsOfRows { get; init; }

    public bool IsDistinct { get; init; }

    public IReadOnlyList<SortItem> Order { get; init; } = [];

    public Expression? Filter { get; init; }

    public bool IgnoresNulls { get; init; }

    public WindowSpecification? Window { get; init; }

    /// <summary>What follows ON OVERFLOW.</summary>
    public Overflow? Overflow { get; init; }
}

/// <summary>What listagg does with what is too long: an error, or cut with a filler.</summary>
internal sealed record Overflow(bool IsError, string? Filler, bool WithCount);

/// <summary>What rows are ordered by.</summary>
internal sealed record SortItem(Expression Key, bool IsDescending, bool NullsFirst);

/// <summary>A window: by its name, or in parentheses.</summary>
internal sealed record WindowSpecification(
    string? Base, IReadOnlyList<Expression> Partition, IReadOnlyList<SortItem> Order, Frame? Frame, bool IsReference, Position At);

/// <summary>The rows of a window that a value is of.</summary>
internal sealed record Frame(string Unit, FrameBound Start, FrameBound? End);

/// <summary>Where a frame begins or ends.</summary>
internal sealed record FrameBound(string Kind, Expression? Offset);

/// <summary>A type as it is written.</summary>
internal sealed record TypeName(string Name, IReadOnlyList<TypeArgument> Arguments, Position At);

/// <summary>A number, a type, or a named field of a type that is written.</summary>
internal sealed record TypeArgument(int? Number, string? FieldName, TypeName? Type);
