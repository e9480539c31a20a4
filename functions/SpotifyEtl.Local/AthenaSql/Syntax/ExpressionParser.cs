namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads expressions, with Trino's precedence: OR, AND, NOT, a predicate, ||, + -, * / %, signs, AT TIME ZONE.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] s_comparisons = ["=", "<>", "!=", "<", "<=", ">", ">="];

    private static readonly string[] s_concatenation = ["||"];
    private static readonly string[] s_sums = ["+", "-"];
    private static readonly string[] s_products = ["*", "/", "%"];

    private readonly TokenReader _tokens;
    private readonly QueryParser _queries;
    private readonly PrimaryParser _primaries;

    public ExpressionParser(TokenReader tokens, QueryParser queries)
    {
        (_tokens, _queries) = (tokens, queries);
        _primaries = new PrimaryParser(tokens, this, queries);
    }

    public Expression Expression()
    {
        _tokens.CheckDepth();
        return Terms("OR", () => Terms("AND", Negated));
    }

    public SortItem SortItem()
    {
        var key = Expression();
        var isDescending = _tokens.Accept("DESC") || (_tokens.Accept("ASC") && false);
        var nullsFirst = _tokens.Accept("NULLS", "FIRST");
        if (!nullsFirst && _tokens.Accept("NULLS"))
        {
            _tokens.Expect("LAST");
        }

        return new SortItem(key, isDescending, nullsFirst);
    }

    private Expression Terms(string word, Func<Expression> term)
    {
        var first = term();
        if (!_tokens.Sees(word))
        {
            return first;
        }

        var at = _tokens.At;
        List<Expression> terms = [first];
        while (_tokens.Accept(word))
        {
            terms.Add(term());
        }

        return new Logical(word == "AND", terms, at);
    }

    private Expression Negated()
    {
        _tokens.CheckDepth();
        var at = _tokens.At;
        return _tokens.Accept("NOT") ? new Not(Negated(), at) : Predicate();
    }

    private Expression Predicate()
    {
        var value = Value();
        var at = _tokens.At;
        if (Array.Find(s_comparisons, _tokens.Sees) is { } comparison)
        {
            _tokens.Take();
            return Compared(comparison is "!=" ? "<>" : comparison, value, at);
        }

        if (_tokens.Accept("IS"))
        {
            return Is(value, at);
        }

        var isNot = _tokens.Sees("NOT") && (_tokens.Ahead().Is("BETWEEN") || _tokens.Ahead().Is("IN") || _tokens.Ahead().Is("LIKE")) && _tokens.Accept("NOT");
        var found = _tokens.Accept("BETWEEN") ? Between(value, at)
            : _tokens.Accept("IN") ? In(value, at)
            : _tokens.Accept("LIKE") ? Like(value, at)
            : value;
        return isNot ? new Not(found, at) : found;
    }

    private Expression Compared(string comparison, Expression left, Position at)
    {
        var isAll = _tokens.Sees("ALL") && _tokens.Ahead().Is("(");
        if (!isAll && !((_tokens.Sees("ANY") || _tokens.Sees("SOME")) && _tokens.Ahead().Is("(")))
        {
            return new Comparison(comparison, left, Value(), at);
        }

        _tokens.Take();
        return new QuantifiedComparison(comparison, isAll, left, _queries.InParentheses(), at);
    }

    private Expression Is(Expression value, Position at)
    {
        var isNot = _tokens.Accept("NOT");
        if (_tokens.Accept("NULL"))
        {
            return isNot ? new Not(new IsNull(value, at), at) : new IsNull(value, at);
        }

        if (!_tokens.Accept("DISTINCT"))
        {
            throw _tokens.Mismatch(isNot ? ["'DISTINCT'", "'NULL'"] : ["'DISTINCT'", "'NOT'", "'NULL'"]);
        }

        _tokens.Expect("FROM");
        IsDistinct distinct = new(value, Value(), at);
        return isNot ? new Not(distinct, at) : distinct;
    }

    private Between Between(Expression value, Position at)
    {
        var low = Value();
        _tokens.Expect("AND");
        return new Between(value, low, Value(), at);
    }

    private Expression In(Expression value, Position at)
    {
        if (_queries.BeginsAfterParenthesis())
        {
            return new InQuery(value, _queries.InParentheses(), at);
        }

        return new InList(value, _tokens.InParentheses(Expression), at);
    }

    private Like Like(Expression value, Position at)
    {
        var pattern = Value();
        return new Like(value, pattern, _tokens.Accept("ESCAPE") ? Value() : null, at);
    }

    public Expression Value() => Chain(s_concatenation, () => Chain(s_sums, () => Chain(s_products, Signed)));

    private Expression Chain(string[] operators, Func<Expression> operand)
    {
        var left = operand();
        while (Array.Find(operators, _tokens.Sees) is { } found)
        {
            var at = _tokens.Take().At;
            left = new Calculation(found, left, operand(), at);
        }

        return left;
    }

    private Expression Signed()
    {
        _tokens.CheckDepth();
        var at = _tokens.At;
        if (_tokens.Accept("-"))
        {
            return new Negation(Signed(), at);
        }

        return _tokens.Accept("+") ? Signed() : Zoned();
    }

    private Expression Zoned()
    {
        var value = _primaries.Primary();
        while (_tokens.Sees("AT"))
        {
            var at = _tokens.Take().At;
            _tokens.Expect("TIME");
            _tokens.Expect("ZONE");
            value = new AtTimeZone(value, _primaries.Primary(), at);
        }

        return value;
    }
}
