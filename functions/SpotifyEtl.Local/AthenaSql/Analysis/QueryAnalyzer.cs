using System.Runtime.CompilerServices;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what queries mean: relations by their names, columns by theirs.</summary>
internal sealed class QueryAnalyzer(
    StatementContext statement,
    IReadOnlyDictionary<string, NamedQueryRelation> named,
    IReadOnlyDictionary<string, WindowSpecification> windows)
{
    public static QueryAnalyzer Of(StatementContext statement) => new(
        statement,
        new Dictionary<string, NamedQueryRelation>(StringComparer.OrdinalIgnoreCase),
        new Dictionary<string, WindowSpecification>(StringComparer.OrdinalIgnoreCase));

    public StatementContext Statement => statement;

    /// <summary>The relations that WITH names.</summary>
    public IReadOnlyDictionary<string, NamedQueryRelation> Named => named;

    /// <summary>The windows that the query names.</summary>
    public IReadOnlyDictionary<string, WindowSpecification> Windows => windows;

    /// <summary>The same, where one relation more has a name.</summary>
    public QueryAnalyzer With(string name, NamedQueryRelation relation) => new(
        statement, new Dictionary<string, NamedQueryRelation>(named, StringComparer.OrdinalIgnoreCase) { [name] = relation }, windows);

    public QueryAnalyzer WithWindows(IReadOnlyDictionary<string, WindowSpecification> more) => new(statement, named, more);

    public AnalyzedQuery Analyze(Query query, Scope? outer)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw query.At.Fault("The query is nested too deeply.");
        }

        if (query.With.Count == 0)
        {
            return Plain(query, outer);
        }

        Dictionary<string, NamedQueryRelation> known = new(named, StringComparer.OrdinalIgnoreCase);
        List<string> relations = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var relation in query.With)
        {
            if (!names.Add(relation.Name))
            {
                throw relation.At.Fault($"WITH query name '{relation.Name}' specified more than once");
            }

            var name = statement.NewName('w');
            QueryAnalyzer inner = new(statement, known, windows);
            var analyzed = query.IsRecursive && Recursion.Of(relation) is { } recursion
                ? recursion.Analyze(inner, name, outer)
                : Renamed(inner.Analyze(relation.Query, outer), relation.Columns, relation.At, relation.Name);
            relations.Add($"{name} AS ({analyzed.Sql})");
            known = new(known, StringComparer.OrdinalIgnoreCase) { [relation.Name] = new NamedQueryRelation(name, analyzed) };
        }

        var main = new QueryAnalyzer(statement, known, windows).Plain(query, outer);
        return main with { Sql = $"WITH {(query.IsRecursive ? "RECURSIVE " : "")}{string.Join(", ", relations)} {main.Sql}" };
    }

    public static AnalyzedQuery Renamed(AnalyzedQuery query, IReadOnlyList<string>? names, Position at, string alias)
    {
        if (names is null)
        {
            return query;
        }

        return names.Count == query.Columns.Count
            ? query with { Columns = [.. query.Columns.Zip(names, (column, name) => column with { Name = name })] }
            : throw at.Fault($"Column alias list has {names.Count} entries but '{alias}' has {query.Columns.Count} columns available");
    }

    public Value Scalar(QueryExpression expression, ExpressionAnalyzer around)
    {
        var query = InExpression(expression.Query, around, expression.At);
        return query.Columns is [var only]
            ? new Value(only.Type, $"({query.Sql})")
            : new Value(
                new RowType([.. query.Columns.Select(column => new RowField(column.Name, column.Type))]),
                $"(SELECT {Spelling.Struct(query.Columns.Select((_, place) => AnalyzedQuery.ColumnName(place)))} FROM ({query.Sql}))");
    }

    public Value Exists(Exists exists, ExpressionAnalyzer around) =>
        new(SqlType.Boolean, $"(EXISTS ({InExpression(exists.Query, around, exists.At).Sql}))");

    public Value In(InQuery expression, ExpressionAnalyzer around)
    {
        var value = around.Analyze(expression.Value);
        var query = InExpression(expression.Query, around, expression.At);
        return new Value(SqlType.Boolean, Compared("IN", value, query, expression.At, (left, rows) => $"({left} IN ({rows}))"));
    }

    public Value Quantified(QuantifiedComparison expression, ExpressionAnalyzer around)
    {
        var value = around.Analyze(expression.Left);
        var query = InExpression(expression.Query, around, expression.At);
        return new Value(SqlType.Boolean, Compared(expression.Operator, value, query, expression.At, (left, rows) =>
            $"({left} {expression.Operator} {(expression.IsAll ? "ALL" : "ANY")} ({rows}))"));
    }

    private static string Compared(string sign, Value value, AnalyzedQuery query, Position at, Func<string, string, string> render)
    {
        var relation = "q";
        Value rows;
        if (value.Type is RowType row && row.Fields.Count > 1 && query.Columns.Count == row.Fields.Count)
        {
            rows = new Value(
                new RowType([.. query.Columns.Select(column => new RowField(column.Name, column.Type))]),
                Spelling.Struct(query.Columns.Select((_, place) => $"{relation}.{AnalyzedQuery.ColumnName(place)}")));
        }
        else
        {
            rows = query.Columns is [var only]
                ? new Value(only.Type, $"{relation}.c0") { Field = new Field(only.Name, only.Type, $"{relation}.c0") { TypedTable = only.TypedTable } }
                : throw at.Fault($"Multiple columns returned by subquery are not yet supported. Found {query.Columns.Count}");
        }

        var (left, right) = Predicates.Alike(sign, value, rows, at);
        return right.Sql == rows.Sql && value.Type is not RowType and not TimestampType { HasZone: true } && right.Type is not TimestampType { HasZone: true }
            ? render(left.Sql, query.Sql)
            : render(ComparisonSql.Comparable(left), $"SELECT {ComparisonSql.Comparable(right)} FROM ({query.Sql}) AS {relation}");
    }

    private AnalyzedQuery InExpression(Query query, ExpressionAnalyzer around, Position at) => around.IsInTry
        ? throw at.Fault("TRY of a query is not offered here: ask it in FROM, and try its result.")
        : Analyze(query, around.Scope);

    private AnalyzedQuery Plain(Query query, Scope? outer)
    {
        var hasEnd = query.Order.Count > 0 || query.Limit is not null || query.Offset is not null;
        return query.Body switch
        {
            Selection selection => new SelectionAnalyzer(this, selection, query).Analyze(outer),
            var body when hasEnd => Ended(query, new Bodies(this).Analyze(body, outer), outer),
            var body => new Bodies(this).Analyze(body, outer),
        };
    }

    // The order of what is no SELECT of its own is that of a SELECT around it.
    private AnalyzedQuery Ended(Query query, AnalyzedQuery body, Scope? outer)
    {
        var relation = statement.NewName('r');
        Scope scope = new(body.FieldsOf(relation, []), outer);
        ExpressionAnalyzer expressions = new(statement, this, scope, Clause.OrderBy);
        OrderedSelect select = new(
            [.. scope.Fields.Select(field => new Value(field.Type, field.Sql) { Field = field })], query, relation => expressions.Analyze(relation));
        return new AnalyzedQuery(select.Render($"FROM ({body.Sql}) AS {relation}", "", isDistinct: false), body.Columns);
    }
}
