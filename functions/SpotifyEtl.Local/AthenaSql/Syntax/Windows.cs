namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads windows.</summary>
internal static class Windows
{
    /// <summary>What follows OVER, or AS in a WINDOW clause.</summary>
    public static WindowSpecification Specification(TokenReader tokens, ExpressionParser expressions)
    {
        var at = tokens.At;
        if (!tokens.Accept("("))
        {
            return new WindowSpecification(tokens.Name(), [], [], Frame: null, IsReference: true, at);
        }

        var isFrame = tokens.Sees("ROWS") || tokens.Sees("RANGE") || tokens.Sees("GROUPS");
        var name = tokens.SeesName && !tokens.Sees("PARTITION", "BY") && !isFrame ? tokens.Name() : null;
        IReadOnlyList<Expression> partition = tokens.Accept("PARTITION", "BY") ? tokens.List(expressions.Expression) : [];
        IReadOnlyList<SortItem> order = tokens.Accept("ORDER", "BY") ? tokens.List(expressions.SortItem) : [];
        var frame = Frame(tokens, expressions);
        tokens.Expect(")");
        return new WindowSpecification(name, partition, order, frame, IsReference: false, at);
    }

    private static Frame? Frame(TokenReader tokens, ExpressionParser expressions)
    {
        string[] units = ["ROWS", "RANGE", "GROUPS"];
        if (Array.Find(units, tokens.Sees) is not { } unit)
        {
            return tokens.Sees("MEASURES") || tokens.Sees("PATTERN") ? throw tokens.At.Fault("Pattern recognition in windows is not offered here.") : null;
        }

        tokens.Take();
        if (!tokens.Accept("BETWEEN"))
        {
            return new Frame(unit, Bound(tokens, expressions), End: null);
        }

        var start = Bound(tokens, expressions);
        tokens.Expect("AND");
        return new Frame(unit, start, Bound(tokens, expressions));
    }

    private static FrameBound Bound(TokenReader tokens, ExpressionParser expressions)
    {
        if (tokens.Accept("CURRENT", "ROW"))
        {
            return new FrameBound("CURRENT ROW", Offset: null);
        }

        var offset = tokens.Accept("UNBOUNDED") ? null : expressions.Expression();
        var kind = tokens.Accept("PRECEDING") ? "PRECEDING" : tokens.Accept("FOLLOWING") ? "FOLLOWING" : throw tokens.Mismatch("'FOLLOWING'", "'PRECEDING'");
        return new FrameBound(offset is null ? "UNBOUNDED " + kind : kind, offset);
    }
}
