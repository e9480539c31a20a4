namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>A query: its rows, their order, and how many of them.</summary>
internal sealed record Query(QueryBody Body, Position At)
{
    public IReadOnlyList<NamedRelation> With { get; init; } = [];

    /// <summary>Whether relations that it names may speak of themselves.</summary>
    public bool IsRecursive { get; init; }

    public IReadOnlyList<SortItem> Order { get; init; } = [];

    public long? Offset { get; init; }

    public long? Limit { get; init; }

    public bool WithTies { get; init; }
}

/// <summary>A relation that a query names before it asks.</summary>
internal sealed record NamedRelation(string Name, IReadOnlyList<string>? Columns, Query Query, Position At);

/// <summary>What gives rows.</summary>
internal abstract record QueryBody(Position At);

internal sealed record Selection(IReadOnlyList<SelectItem> Items, bool IsDistinct, Position At) : QueryBody(At)
{
    public Relation? From { get; init; }

    public Expression? Where { get; init; }

    public Grouping? Grouping { get; init; }

    public Expression? Having { get; init; }

    public IReadOnlyDictionary<string, WindowSpecification> Windows { get; init; } =
        new Dictionary<string, WindowSpecification>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>UNION, INTERSECT or EXCEPT.</summary>
internal sealed record SetOperation(string Operator, bool IsAll, QueryBody Left, QueryBody Right, Position At) : QueryBody(At);

internal sealed record ValuesBody(IReadOnlyList<Expression> Rows, Position At) : QueryBody(At);

internal sealed record TableBody(QualifiedName Name, Position At) : QueryBody(At);

internal sealed record NestedBody(Query Query, Position At) : QueryBody(At);

/// <summary>A column of the result, or all of them: <see cref="Value"/> is null then, <see cref="Star"/> what they are of, if said.</summary>
internal sealed record SelectItem(Expression? Value, string? Alias, Expression? Star, IReadOnlyList<string>? StarNames, Position At);

/// <summary>What rows are grouped by: sets of expressions each, of which all combinations count.</summary>
internal sealed record Grouping(bool IsDistinct, IReadOnlyList<GroupingElement> Elements);

/// <summary>Sets of expressions to group by. <see cref="Kind"/>: empty, ROLLUP, CUBE or GROUPING SETS.</summary>
internal sealed record GroupingElement(string Kind, IReadOnlyList<IReadOnlyList<Expression>> Sets, Position At);

/// <summary>A name with what qualifies it.</summary>
internal sealed record QualifiedName(IReadOnlyList<string> Parts, Position At)
{
    public override string ToString() => string.Join('.', Parts);
}

/// <summary>What stands in FROM.</summary>
internal abstract record Relation(Position At);

internal sealed record TableRelation(QualifiedName Name, Position At) : Relation(At);

internal sealed record NestedRelation(Query Query, bool IsLateral, Position At) : Relation(At);

internal sealed record UnnestRelation(IReadOnlyList<Expression> Values, bool WithOrdinality, Position At) : Relation(At);

internal sealed record AliasedRelation(Relation Of, string Alias, IReadOnlyList<string>? Columns, Position At) : Relation(At);

internal sealed record JoinRelation(JoinKind Kind, Relation Left, Relation Right, Position At) : Relation(At)
{
    public Expression? On { get; init; }

    public IReadOnlyList<string>? Using { get; init; }

    public bool IsNatural { get; init; }
}

/// <summary>Which rows without a counterpart a join keeps.</summary>
internal enum JoinKind
{
    Cross,
    Inner,
    Left,
    Right,
    Full,
}
