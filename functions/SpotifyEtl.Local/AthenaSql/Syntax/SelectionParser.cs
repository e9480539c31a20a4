namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads SELECT with its clauses.</summary>
internal sealed class SelectionParser(TokenReader tokens, ExpressionParser expressions, RelationParser relations)
{
    public Selection Selection()
    {
        var at = tokens.Expect("SELECT").At;
        var isDistinct = tokens.Accept("DISTINCT") || (tokens.Accept("ALL") && false);
        Selection selection = new(tokens.List(Item), isDistinct, at);
        if (tokens.Accept("FROM"))
        {
            selection = selection with { From = relations.Relations() };
        }

        if (tokens.Accept("WHERE"))
        {
            selection = selection with { Where = expressions.Expression() };
        }

        if (tokens.Accept("GROUP"))
        {
            tokens.Expect("BY");
            var distinctSets = tokens.Accept("DISTINCT") || (tokens.Accept("ALL") && false);
            selection = selection with { Grouping = new Grouping(distinctSets, tokens.List(Element)) };
        }

        if (tokens.Accept("HAVING"))
        {
            selection = selection with { Having = expressions.Expression() };
        }

        return tokens.Accept("WINDOW") ? selection with { Windows = NamedWindows() } : selection;
    }

    private SelectItem Item()
    {
        var at = tokens.At;
        if (tokens.Accept("*"))
        {
            return new SelectItem(Value: null, Alias: null, Star: null, StarNames: null, at);
        }

        var value = StarOrValue(out var isStar);
        if (isStar)
        {
            IReadOnlyList<string>? names = null;
            if (tokens.Accept("AS"))
            {
                names = tokens.InParentheses(tokens.Name);
            }

            return new SelectItem(Value: null, Alias: null, value, names, at);
        }

        var alias = tokens.Accept("AS") || tokens.SeesName ? tokens.Name() : null;
        return new SelectItem(value, alias, Star: null, StarNames: null, at);
    }

    // t.* and db.t.*: the names before the star.
    private Expression StarOrValue(out bool isStar)
    {
        var ahead = 0;
        while (TokenReader.IsName(tokens.Ahead(ahead)) && tokens.Ahead(ahead + 1).Is("."))
        {
            ahead += 2;
        }

        isStar = ahead > 0 && tokens.Ahead(ahead).Is("*");
        if (!isStar)
        {
            return expressions.Expression();
        }

        var at = tokens.At;
        Expression name = new NameExpression(tokens.Name(), at);
        while (tokens.Accept("."))
        {
            if (tokens.Accept("*"))
            {
                return name;
            }

            name = new Dereference(name, tokens.Name(), at);
        }

        throw tokens.Mismatch("'*'");
    }

    private GroupingElement Element()
    {
        var at = tokens.At;
        if (tokens.Sees("GROUPING", "SETS"))
        {
            tokens.Take();
            tokens.Take();
            return new GroupingElement("GROUPING SETS", tokens.InParentheses(Set), at);
        }

        if ((tokens.Sees("ROLLUP") || tokens.Sees("CUBE")) && tokens.Ahead().Is("("))
        {
            var kind = tokens.Take().Text.ToUpperInvariant();
            return new GroupingElement(kind, tokens.InParentheses(Set), at);
        }

        return new GroupingElement("", [Set()], at);
    }

    // (a, b) is a set of two, and so is ().
    private IReadOnlyList<Expression> Set()
    {
        if (tokens.Sees("(", ")"))
        {
            tokens.Take();
            tokens.Take();
            return [];
        }

        return expressions.Expression() is var only && only is RowConstructor row && !IsNamedRow(row) ? row.Items : [only];
    }

    private static bool IsNamedRow(RowConstructor row) => row.Items.Count < 2;

    private Dictionary<string, WindowSpecification> NamedWindows()
    {
        Dictionary<string, WindowSpecification> windows = new(StringComparer.OrdinalIgnoreCase);
        do
        {
            var at = tokens.At;
            var name = tokens.Name();
            tokens.Expect("AS");
            if (!windows.TryAdd(name, Windows.Specification(tokens, expressions)))
            {
                throw at.Fault($"WINDOW '{name}' specified more than once");
            }
        }
        while (tokens.Accept(","));
        return windows;
    }
}
