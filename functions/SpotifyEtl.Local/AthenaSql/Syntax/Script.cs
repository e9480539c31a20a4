namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Statements one after another, with semicolons between. Those in texts, quoted names and comments are none.</summary>
internal static class Script
{
    /// <summary>The statements that are not empty.</summary>
    public static IReadOnlyList<ScriptStatement> Statements(string text)
    {
        List<ScriptStatement> statements = [];
        List<Token> tokens = [];
        foreach (var token in Tokenizer.Pieces(text))
        {
            if (token.Kind is not TokenKind.End && !token.Is(";"))
            {
                tokens.Add(token);
            }
            else if (tokens is [var first, ..])
            {
                statements.Add(new ScriptStatement(text[first.Start..tokens[^1].End], first.At));
                tokens.Clear();
            }
        }

        return statements;
    }

    /// <summary>Whether the last statement is ended, so that nothing of it is still to come.</summary>
    public static bool IsEnded(string text) => Tokenizer.Pieces(text) is [.., var last, { Kind: TokenKind.End }] && last.Is(";");
}

/// <summary>A statement of several.</summary>
/// <param name="Sql">The statement, without a semicolon.</param>
/// <param name="At">Where it begins.</param>
internal sealed record ScriptStatement(string Sql, Position At);
