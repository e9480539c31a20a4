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

    /// <summary>What was begun and has no end, to the end of the text: text, a quoted name, a comment.</summary>
    Unended,
    End,
}

/// <summary>A piece of a statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands in the statement.</param>
/// <param name="Value">What it means: of a quoted name or text, without the quotes.</param>
/// <param name="At">Where it begins.</param>
internal sealed record Token(TokenKind Kind, string Text, string Value, Position At)
{
    /// <summary>Where it ends in the statement, in characters from its beginning.</summary>
    public int End { get; init; }

    /// <summary>Where it begins.</summary>
    public int Start => End - Text.Length;

    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind is TokenKind.End ? "<EOF>" : $"'{Text}'";
}
