using SpotifyEtl.Local.AthenaSql.Functions;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads what expressions are made of: literals, names, calls, what stands in parentheses; and what follows them: fields and subscripts.</summary>
internal sealed class PrimaryParser
{
    private static readonly string[] s_current = ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP"];

    private static readonly string[] s_refused =
    [
        "JSON_EXISTS", "JSON_VALUE", "JSON_QUERY", "JSON_OBJECT", "JSON_ARRAY", "CURRENT_USER", "CURRENT_ROLE", "CURRENT_PATH", "CURRENT_CATALOG",
        "CURRENT_SCHEMA",
    ];

    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly QueryParser _queries;
    private readonly LiteralParser _literals;
    private readonly CallParser _calls;
    private readonly TypeParser _types;

    public PrimaryParser(TokenReader tokens, ExpressionParser expressions, QueryParser queries)
    {
        (_tokens, _expressions, _queries) = (tokens, expressions, queries);
        _literals = new LiteralParser(tokens);
        _calls = new CallParser(tokens, expressions);
        _types = new TypeParser(tokens);
    }

    public Expression Primary()
    {
        var value = Begin();
        while (true)
        {
            var at = _tokens.At;
            if (_tokens.Accept("["))
            {
                value = new Subscript(value, _expressions.Value(), at);
                _tokens.Expect("]");
            }
            else if (_tokens.Accept("."))
            {
                value = new Dereference(value, _tokens.Name(), value.At);
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Begin()
    {
        _tokens.CheckDepth();
        if (_literals.Find() is { } literal)
        {
            return literal;
        }

        var token = _tokens.Current;
        if (token.Is("("))
        {
            return Parenthesized();
        }

        if (token.Is("?"))
        {
            throw token.At.Fault("Parameters (?) are not supported here: write the value into the statement.");
        }

        if (token.Kind is TokenKind.Word)
        {
            if (Array.Exists(s_refused, token.Is))
            {
                throw token.At.Fault(
                    $"{token.Text.ToUpperInvariant()} is not offered here"
                        + $"{(AthenaFunctions.WhatInstead(token.Text) is { } instead ? $": write {instead}" : "")}.");
            }

            if (Word(token) is { } found)
            {
                return found;
            }
        }

        if (!_tokens.SeesName)
        {
            throw _tokens.Mismatch("<expression>");
        }

        if (_tokens.Ahead().Is("->"))
        {
            return Lambda(() => [_tokens.Name()]);
        }

        return _tokens.Ahead().Is("(") ? _calls.Call(_tokens.Name(), token.At) : new NameExpression(_tokens.Name(), token.At);
    }

    private Expression? Word(Token token)
    {
        var next = _tokens.Ahead();
        switch (token.Text.ToUpperInvariant())
        {
            case "CASE":
                return Case();
            case "CAST" or "TRY_CAST" when next.Is("("):
                return Cast(token.Is("TRY_CAST"));
            case "EXISTS" when next.Is("("):
                _tokens.Take();
                return new Exists(_queries.InParentheses(), token.At);
            case "ROW" when next.Is("("):
                _tokens.Take();
                return new RowConstructor(_tokens.InParentheses(_expressions.Expression), token.At);
            case "ARRAY" when next.Is("["):
                return Array_();
            case "EXTRACT" or "POSITION" or "SUBSTRING" or "TRIM" or "LISTAGG" or "GROUPING" or "NORMALIZE" when next.Is("("):
                return _calls.Special(_tokens.Take().Text.ToLowerInvariant(), token.At);
            default:
                return Array.Find(s_current, token.Is) is { } current ? Current(current, token.At) : null;
        }
    }

    private CurrentMoment Current(string name, Position at)
    {
        _tokens.Take();
        int? precision = null;
        if (_tokens.Accept("("))
        {
            precision = int.Parse(_tokens.Take().Value);
            _tokens.Expect(")");
        }

        return new CurrentMoment(name, precision, at);
    }

    private ArrayConstructor Array_()
    {
        var at = _tokens.Take().At;
        _tokens.Expect("[");
        IReadOnlyList<Expression> items = _tokens.Sees("]") ? [] : _tokens.List(_expressions.Expression);
        _tokens.Expect("]");
        return new ArrayConstructor(items, at);
    }

    private Cast Cast(bool isTry)
    {
        var at = _tokens.Take().At;
        _tokens.Expect("(");
        var value = _expressions.Expression();
        _tokens.Expect("AS");
        Cast cast = new(value, _types.Type(), isTry, at);
        _tokens.Expect(")");
        return cast;
    }

    private Case Case()
    {
        var at = _tokens.Take().At;
        var operand = _tokens.Sees("WHEN") ? null : _expressions.Expression();
        List<When> whens = [];
        while (_tokens.Accept("WHEN"))
        {
            var condition = _expressions.Expression();
            _tokens.Expect("THEN");
            whens.Add(new When(condition, _expressions.Expression()));
        }

        var otherwise = _tokens.Accept("ELSE") ? _expressions.Expression() : null;
        _tokens.Expect(whens.Count == 0 ? "WHEN" : "END");
        return new Case(operand, whens, otherwise, at);
    }

    private Expression Parenthesized()
    {
        var at = _tokens.At;
        if (_queries.BeginsAfterParenthesis())
        {
            return new QueryExpression(_queries.InParentheses(), at);
        }

        if (BeginsLambda())
        {
            return Lambda(() =>
            {
                _tokens.Expect("(");
                List<string> names = _tokens.Sees(")") ? [] : _tokens.List(_tokens.Name);
                _tokens.Expect(")");
                return names;
            });
        }

        var items = _tokens.InParentheses(_expressions.Expression);
        return items is [var only] ? only : new RowConstructor(items, at);
    }

    // (x, y) -> …
    private bool BeginsLambda()
    {
        var ahead = 1;
        while (TokenReader.IsName(_tokens.Ahead(ahead)) && _tokens.Ahead(ahead + 1).Is(","))
        {
            ahead += 2;
        }

        ahead += TokenReader.IsName(_tokens.Ahead(ahead)) ? 1 : 0;
        return _tokens.Ahead(ahead).Is(")") && _tokens.Ahead(ahead + 1).Is("->");
    }

    private Lambda Lambda(Func<IReadOnlyList<string>> parameters)
    {
        var names = parameters();
        var at = _tokens.Expect("->").At;
        return new Lambda(names, _expressions.Expression(), at);
    }
}
