using System.Globalization;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads queries: WITH, SELECT, set operations, their order and limit.</summary>
internal sealed class QueryParser
{
    private static readonly string[] s_begins = ["SELECT", "WITH", "VALUES", "TABLE"];
    private static readonly string[] s_afterBody = ["UNION", "INTERSECT", "EXCEPT", "ORDER", "OFFSET", "LIMIT", "FETCH", ")"];

    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly SelectionParser _selections;

    public QueryParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens, this);
        _selections = new SelectionParser(tokens, _expressions, new RelationParser(tokens, _expressions, this));
    }

    public bool Begins() => Array.Exists(s_begins, _tokens.Sees) || BeginsAfterParenthesis();

    /// <summary>Whether a parenthesis stands here that holds a query, and not an expression or relation that begins with one.</summary>
    public bool BeginsAfterParenthesis() => _tokens.Sees("(") && Begins(1);

    public Query InParentheses()
    {
        _tokens.Expect("(");
        var query = Query();
        _tokens.Expect(")");
        return query;
    }

    public Query Query()
    {
        _tokens.CheckDepth();
        var at = _tokens.At;
        IReadOnlyList<NamedRelation> with = [];
        var isRecursive = false;
        if (_tokens.Accept("WITH"))
        {
            isRecursive = _tokens.Accept("RECURSIVE");
            with = _tokens.List(Named);
        }

        Query query = new(Body(), at) { With = with, IsRecursive = isRecursive };
        if (_tokens.Accept("ORDER"))
        {
            _tokens.Expect("BY");
            query = query with { Order = _tokens.List(_expressions.SortItem) };
        }

        if (_tokens.Accept("OFFSET"))
        {
            query = query with { Offset = Count() };
            _ = _tokens.Accept("ROWS") || _tokens.Accept("ROW");
        }

        return Limited(query);
    }

    // ((SELECT … may be a query in parentheses twice, or an expression that begins with one: what stands behind each tells.
    private bool Begins(int ahead)
    {
        var inside = _tokens.InsideParentheses(ahead);
        if (!Array.Exists(s_begins, _tokens.Ahead(inside).Is))
        {
            return false;
        }

        for (var open = inside - 1; open >= ahead; open--)
        {
            var after = _tokens.AfterParenthesis(open);
            if (after.Kind is not TokenKind.End && !Array.Exists(s_afterBody, after.Is))
            {
                return false;
            }
        }

        return true;
    }

    private Query Limited(Query query)
    {
        if (_tokens.Accept("LIMIT"))
        {
            return _tokens.Accept("ALL") ? query : query with { Limit = Count() };
        }

        if (!_tokens.Accept("FETCH"))
        {
            return query;
        }

        _tokens.ExpectAny("FIRST", "NEXT");
        var at = _tokens.At;
        var count = _tokens.Current.Kind is TokenKind.Integer ? Count() : 1;
        _tokens.ExpectAny("ROW", "ROWS");
        if (count == 0)
        {
            throw at.Fault("FETCH FIRST row count must be positive (actual value: 0)");
        }

        if (_tokens.Accept("ONLY"))
        {
            return query with { Limit = count };
        }

        _tokens.ExpectAny("WITH");
        _tokens.Expect("TIES");
        return query.Order.Count > 0
            ? query with { Limit = count, WithTies = true }
            : throw at.Fault("FETCH FIRST WITH TIES clause requires ORDER BY");
    }

    private long Count()
    {
        var token = _tokens.Current;
        if (token.Kind is not TokenKind.Integer)
        {
            throw _tokens.Mismatch("<integer>");
        }

        _tokens.Take();
        return long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw token.At.Fault($"Invalid row count: {token.Text}");
    }

    private NamedRelation Named()
    {
        var at = _tokens.At;
        var name = _tokens.Name();
        IReadOnlyList<string>? columns = _tokens.Sees("(") ? _tokens.InParentheses(_tokens.Name) : null;
        _tokens.Expect("AS");
        return new NamedRelation(name, columns, InParentheses(), at);
    }

    private QueryBody Body()
    {
        var left = Intersection();
        while (_tokens.Sees("UNION") || _tokens.Sees("EXCEPT"))
        {
            left = Operation(left, Intersection);
        }

        return left;
    }

    private QueryBody Intersection()
    {
        var left = Term();
        while (_tokens.Sees("INTERSECT"))
        {
            left = Operation(left, Term);
        }

        return left;
    }

    private SetOperation Operation(QueryBody left, Func<QueryBody> right)
    {
        var token = _tokens.Take();
        var isAll = _tokens.Accept("ALL") || (_tokens.Accept("DISTINCT") && false);
        return new SetOperation(token.Text.ToUpperInvariant(), isAll, left, right(), token.At);
    }

    private QueryBody Term()
    {
        _tokens.CheckDepth();
        var at = _tokens.At;
        if (_tokens.Sees("("))
        {
            return new NestedBody(InParentheses(), at);
        }

        if (_tokens.Accept("TABLE"))
        {
            var name = _tokens.QualifiedName();
            _tokens.Tables.Add(name);
            return new TableBody(name, at);
        }

        if (_tokens.Accept("VALUES"))
        {
            return new ValuesBody(_tokens.List(_expressions.Expression), at);
        }

        return _tokens.Sees("SELECT") ? _selections.Selection() : throw _tokens.Mismatch("'('", "'SELECT'", "'TABLE'", "'VALUES'", "'WITH'");
    }
}
