namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>How the parentheses of a statement belong together, token by token.</summary>
/// <param name="Inside">Of a parenthesis that opens, the first token in it that opens none; of others, themselves.</param>
/// <param name="Close">Of a parenthesis that opens, the token that closes it, or the last one.</param>
internal sealed record Parentheses(IReadOnlyList<int> Inside, IReadOnlyList<int> Close)
{
    public static Parentheses Of(IReadOnlyList<Token> tokens)
    {
        var (inside, close) = (new int[tokens.Count], new int[tokens.Count]);
        Stack<int> open = new();
        for (var at = 0; at < tokens.Count; at++)
        {
            close[at] = tokens.Count - 1;
            if (tokens[at].Is("("))
            {
                open.Push(at);
            }
            else if (tokens[at].Is(")") && open.TryPop(out var start))
            {
                close[start] = at;
            }
        }

        for (var at = tokens.Count - 1; at >= 0; at--)
        {
            inside[at] = tokens[at].Is("(") && at + 1 < tokens.Count ? inside[at + 1] : at;
        }

        return new Parentheses(inside, close);
    }
}
