namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads what stands in FROM: tables, queries, UNNEST, and their joins.</summary>
internal sealed class RelationParser(TokenReader tokens, ExpressionParser expressions, QueryParser queries)
{
    /// <summary>Relations with commas between, which are joined crosswise.</summary>
    public Relation Relations()
    {
        var left = Joined();
        while (tokens.Sees(","))
        {
            var at = tokens.Take().At;
            left = new JoinRelation(JoinKind.Cross, left, Joined(), at);
        }

        return left;
    }

    private Relation Joined()
    {
        tokens.CheckDepth();
        var left = Sampled();
        while (true)
        {
            var at = tokens.At;
            if (tokens.Accept("CROSS"))
            {
                tokens.Expect("JOIN");
                left = new JoinRelation(JoinKind.Cross, left, Sampled(), at);
                continue;
            }

            var isNatural = tokens.Accept("NATURAL");
            if (Kind() is not { } kind)
            {
                return isNatural ? throw tokens.Mismatch("'FULL'", "'INNER'", "'JOIN'", "'LEFT'", "'RIGHT'") : left;
            }

            left = isNatural ? new JoinRelation(kind, left, Sampled(), at) { IsNatural = true } : Condition(new JoinRelation(kind, left, Joined(), at));
        }
    }

    private JoinKind? Kind()
    {
        if (tokens.Accept("JOIN"))
        {
            return JoinKind.Inner;
        }

        JoinKind? kind = tokens.Sees("INNER") ? JoinKind.Inner
            : tokens.Sees("LEFT") ? JoinKind.Left
            : tokens.Sees("RIGHT") ? JoinKind.Right
            : tokens.Sees("FULL") ? JoinKind.Full
            : null;
        if (kind is null)
        {
            return null;
        }

        tokens.Take();
        if (kind is not JoinKind.Inner)
        {
            tokens.Accept("OUTER");
        }

        tokens.Expect("JOIN");
        return kind;
    }

    // A JOIN b JOIN c ON … ON …: the right side of the first holds the second.
    private JoinRelation Condition(JoinRelation join)
    {
        if (tokens.Accept("ON"))
        {
            return join with { On = expressions.Expression() };
        }

        return tokens.Accept("USING") ? join with { Using = tokens.InParentheses(tokens.Name) } : throw tokens.Mismatch("'ON'", "'USING'");
    }

    private Relation Sampled()
    {
        var relation = Aliased();
        return tokens.Sees("TABLESAMPLE") && !tokens.Ahead().Is(",")
            ? throw tokens.At.Fault("TABLESAMPLE is not offered here: use WHERE rand() < 0.1 for a tenth of the rows.")
            : relation;
    }

    private Relation Aliased()
    {
        var relation = Primary();
        if (tokens.Sees("MATCH_RECOGNIZE") && tokens.Ahead().Is("("))
        {
            throw tokens.At.Fault("MATCH_RECOGNIZE is not offered here.");
        }

        var at = tokens.At;
        if (!tokens.Accept("AS") && (!tokens.SeesName || IsClause()))
        {
            return relation;
        }

        var alias = tokens.Name();
        IReadOnlyList<string>? columns = tokens.Sees("(") ? tokens.InParentheses(tokens.Name) : null;
        return new AliasedRelation(relation, alias, columns, at);
    }

    // Words that may be names, but begin a clause here.
    private bool IsClause() => tokens.Sees("LIMIT") || tokens.Sees("OFFSET") || tokens.Sees("TABLESAMPLE")
        || (tokens.Sees("FETCH") && (tokens.Ahead().Is("FIRST") || tokens.Ahead().Is("NEXT")))
        || (tokens.Sees("WINDOW") && tokens.Ahead(2).Is("AS"));

    private Relation Primary()
    {
        var at = tokens.At;
        if (queries.BeginsAfterParenthesis())
        {
            return new NestedRelation(queries.InParentheses(), IsLateral: false, at);
        }

        if (tokens.Accept("("))
        {
            var relation = Relations();
            tokens.Expect(")");
            return relation;
        }

        if (tokens.Sees("LATERAL", "("))
        {
            tokens.Take();
            return new NestedRelation(queries.InParentheses(), IsLateral: true, at);
        }

        if (tokens.Accept("UNNEST"))
        {
            var values = tokens.InParentheses(expressions.Expression);
            return new UnnestRelation(values, tokens.Accept("WITH", "ORDINALITY"), at);
        }

        if (tokens.Sees("TABLE", "("))
        {
            throw at.Fault("Table functions are not offered here: UNNEST(sequence(…)) gives rows of numbers.");
        }

        if (!tokens.SeesName)
        {
            throw tokens.Mismatch("'('", "'LATERAL'", "'UNNEST'", "<identifier>");
        }

        var name = tokens.QualifiedName();
        if (tokens.Sees("("))
        {
            throw at.Fault($"{name} is not allowed: table functions are not offered. SQL reads the lake's tables here, and nothing else.");
        }

        if (tokens.Sees("FOR"))
        {
            throw tokens.At.Fault("FOR TIMESTAMP and FOR VERSION are not offered here: the lake's tables have no earlier versions.");
        }

        tokens.Tables.Add(name);
        return new TableRelation(name, at);
    }
}
