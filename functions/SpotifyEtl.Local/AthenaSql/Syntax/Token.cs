namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    UnicodeText,
    Binary,
    Integer,
    Decimal,
    Double,
    Symbol,
    End,
}

/// <summary>A piece of a statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands in the statement.</param>
/// <param name="Value">What it means: of a quoted name or text, without the quotes.</param>
/// <param name="At">Where it begins.</param>
internal sealed record Token(TokenKind Kind, string Text, string Value, Position At)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind is TokenKind.End ? "<EOF>" : $"'{Text}'";
}
