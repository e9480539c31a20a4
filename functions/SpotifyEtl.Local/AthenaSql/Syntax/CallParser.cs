namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads calls of functions, and the functions whose arguments are words: EXTRACT, POSITION, SUBSTRING, TRIM, LISTAGG.</summary>
internal sealed class CallParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expression Call(string name, Position at)
    {
        tokens.Expect("(");
        if (tokens.Accept("*"))
        {
            tokens.Expect(")");
            return After(new Call(name.ToLowerInvariant(), [], at) { IsOfRows = true });
        }

        var isDistinct = tokens.Accept("DISTINCT");
        if (!isDistinct && tokens.Sees("ALL") && !tokens.Ahead().Is(",") && !tokens.Ahead().Is(")"))
        {
            tokens.Take();
        }

        IReadOnlyList<Expression> arguments = tokens.Sees(")") || tokens.Sees("ORDER") ? [] : tokens.List(expressions.Expression);
        var order = Order();
        tokens.Expect(")");
        return After(new Call(name.ToLowerInvariant(), arguments, at) { IsDistinct = isDistinct, Order = order });
    }

    public Expression Special(string name, Position at)
    {
        switch (name)
        {
            case "grouping":
                return new Call(name, tokens.InParentheses(expressions.Expression), at);
            case "listagg":
                return After(ListAggregate(at));
            case "extract":
                return Extract(at);
            case "trim":
                return Trim(at);
        }

        tokens.Expect("(");
        List<Expression> arguments = [name is "position" ? expressions.Value() : expressions.Expression()];
        if (name is "position" && tokens.Accept("IN"))
        {
            arguments.Insert(0, expressions.Value());
            name = "strpos";
        }
        else if (name is "substring" && tokens.Accept("FROM"))
        {
            arguments.Add(expressions.Expression());
            arguments.AddRange(tokens.Accept("FOR") ? [expressions.Expression()] : []);
        }
        else if (name is "normalize" && tokens.Accept(","))
        {
            var form = tokens.At;
            arguments.Add(new TextLiteral(tokens.Name().ToUpperInvariant(), form));
        }
        else if (tokens.Accept(","))
        {
            arguments.AddRange(tokens.List(expressions.Expression));
        }

        tokens.Expect(")");
        return new Call(name, arguments, at);
    }

    private Call Extract(Position at)
    {
        tokens.Expect("(");
        var field = tokens.Name().ToLowerInvariant();
        tokens.Expect("FROM");
        var value = expressions.Expression();
        tokens.Expect(")");
        return field is "timezone_hour" or "timezone_minute" or "year" or "quarter" or "month" or "week" or "day" or "day_of_month" or "day_of_week" or "dow"
            or "day_of_year" or "doy" or "year_of_week" or "yow" or "hour" or "minute" or "second"
            ? new Call(field switch { "dow" => "day_of_week", "doy" => "day_of_year", "yow" => "year_of_week", _ => field }, [value], at)
            : throw at.Fault($"Invalid EXTRACT field: {field}");
    }

    private Call Trim(Position at)
    {
        tokens.Expect("(");
        var name = tokens.Accept("LEADING") ? "ltrim" : tokens.Accept("TRAILING") ? "rtrim" : tokens.Accept("BOTH") ? "trim" : null;
        List<Expression> arguments = [];
        if (!tokens.Sees("FROM"))
        {
            arguments.Add(expressions.Expression());
        }

        if (tokens.Accept("FROM"))
        {
            arguments.Insert(0, expressions.Expression());
        }
        else if (tokens.Accept(","))
        {
            arguments.Add(expressions.Expression());
        }
        else if (name is not null)
        {
            throw tokens.Mismatch("'FROM'");
        }

        tokens.Expect(")");
        return new Call(name ?? "trim", arguments, at);
    }

    private Call ListAggregate(Position at)
    {
        tokens.Expect("(");
        var isDistinct = tokens.Accept("DISTINCT");
        List<Expression> arguments = [expressions.Expression()];
        if (tokens.Accept(","))
        {
            arguments.Add(expressions.Expression());
        }

        var overflow = tokens.Accept("ON", "OVERFLOW") ? Overflow() : null;
        tokens.Expect(")");
        tokens.Expect("WITHIN");
        tokens.Expect("GROUP");
        tokens.Expect("(");
        var order = Order();
        if (order.Count == 0)
        {
            throw tokens.Mismatch("'ORDER'");
        }

        tokens.Expect(")");
        return new Call("listagg", arguments, at) { IsDistinct = isDistinct, Order = order, Overflow = overflow };
    }

    private Overflow Overflow()
    {
        if (tokens.Accept("ERROR"))
        {
            return new Overflow(IsError: true, Filler: null, WithCount: false);
        }

        tokens.Expect("TRUNCATE");
        var filler = tokens.Current.Kind is TokenKind.Text ? tokens.Take().Value : null;
        var withCount = tokens.Accept("WITH");
        if (!withCount)
        {
            tokens.Expect("WITHOUT");
        }

        tokens.Expect("COUNT");
        return new Overflow(IsError: false, filler, withCount);
    }

    private List<SortItem> Order() => tokens.Accept("ORDER", "BY") ? tokens.List(expressions.SortItem) : [];

    private Call After(Call call)
    {
        if (tokens.Accept("WITHIN", "GROUP"))
        {
            throw call.At.Fault($"WITHIN GROUP is for listagg alone, not for {call.Name}.");
        }

        if (tokens.Sees("FILTER", "("))
        {
            tokens.Take();
            tokens.Expect("(");
            tokens.Expect("WHERE");
            call = call with { Filter = expressions.Expression() };
            tokens.Expect(")");
        }

        var ignoresNulls = tokens.Accept("IGNORE", "NULLS");
        var hasTreatment = ignoresNulls || tokens.Accept("RESPECT", "NULLS");
        if (tokens.Accept("OVER"))
        {
            return call with { IgnoresNulls = ignoresNulls, Window = Windows.Specification(tokens, expressions) };
        }

        return hasTreatment ? throw tokens.Mismatch("'OVER'") : call;
    }
}
