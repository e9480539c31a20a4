using System.Globalization;
using System.Text;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads literals.</summary>
internal sealed class LiteralParser(TokenReader tokens)
{
    private static readonly string[] s_intervalFields = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];

    /// <summary>The literal that begins here; null: none does.</summary>
    public Expression? Find()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                return new IntegerLiteral(tokens.Take().Value, token.At);
            case TokenKind.Decimal:
                return new DecimalLiteral(tokens.Take().Value, token.At);
            case TokenKind.Double:
                return new DoubleLiteral(tokens.Take().Value, token.At);
            case TokenKind.Text or TokenKind.UnicodeText:
                return new TextLiteral(Text(), token.At);
            case TokenKind.Binary:
                return Binary(tokens.Take());
            case TokenKind.Word:
                return Word(token);
            default:
                return null;
        }
    }

    private Expression? Word(Token token)
    {
        if (tokens.Accept("NULL"))
        {
            return new NullLiteral(token.At);
        }

        if (tokens.Sees("TRUE") || tokens.Sees("FALSE"))
        {
            return new BooleanLiteral(tokens.Take().Is("TRUE"), token.At);
        }

        if (tokens.Sees("INTERVAL") && (tokens.Ahead().Kind is TokenKind.Text || ((tokens.Ahead().Is("-") || tokens.Ahead().Is("+")) && IsText(2))))
        {
            return Interval();
        }

        if (tokens.SeesName && IsText(1))
        {
            return new TypedLiteral(new TypeName(tokens.Take().Value.ToLowerInvariant(), [], token.At), Text(), token.At);
        }

        if (tokens.Sees("DOUBLE", "PRECISION") && IsText(2))
        {
            tokens.Take();
            tokens.Take();
            return new TypedLiteral(new TypeName("double", [], token.At), Text(), token.At);
        }

        return null;
    }

    private bool IsText(int ahead) => tokens.Ahead(ahead).Kind is TokenKind.Text or TokenKind.UnicodeText;

    private string Text()
    {
        var token = tokens.Take();
        if (token.Kind is TokenKind.Text)
        {
            return token.Value;
        }

        var escape = '\\';
        if (tokens.Accept("UESCAPE"))
        {
            var given = tokens.Take();
            escape = given is { Kind: TokenKind.Text, Value: [var only] } && !char.IsAsciiHexDigit(only) && only is not ('+' or '"' or '\'' or ' ')
                ? only
                : throw given.At.Fault("Invalid Unicode escape character");
        }

        return Unescape(token, escape);
    }

    private static string Unescape(Token token, char escape)
    {
        StringBuilder text = new();
        var value = token.Value;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != escape)
            {
                text.Append(value[i]);
            }
            else if (i + 1 < value.Length && value[i + 1] == escape)
            {
                text.Append(value[i++]);
            }
            else
            {
                var isLong = i + 1 < value.Length && value[i + 1] is '+';
                var start = i + (isLong ? 2 : 1);
                var length = isLong ? 6 : 4;
                var digits = start + length <= value.Length ? value.AsSpan(start, length) : [];
                if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                {
                    throw token.At.Fault($"Incomplete or invalid escape sequence in {token.Text}");
                }

                text.Append(new Rune(code).ToString());
                i = start + length - 1;
            }
        }

        return text.ToString();
    }

    private static BinaryLiteral Binary(Token token)
    {
        var hex = string.Concat(token.Value.Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();
        if (!hex.All(char.IsAsciiHexDigit))
        {
            throw token.At.Fault("Binary literal can only contain hexadecimal digits");
        }

        return hex.Length % 2 == 0 ? new BinaryLiteral(hex, token.At) : throw token.At.Fault("Binary literal must contain an even number of digits");
    }

    private IntervalLiteral Interval()
    {
        var at = tokens.Take().At;
        var isNegative = tokens.Accept("-");
        tokens.Accept("+");
        var value = tokens.Take().Value;
        var from = Field();
        return new IntervalLiteral(isNegative, value, from, tokens.Accept("TO") ? Field() : null, at);
    }

    private string Field() => Array.Find(s_intervalFields, tokens.Sees) is { } field && tokens.Accept(field)
        ? field
        : throw tokens.Mismatch("'DAY'", "'HOUR'", "'MINUTE'", "'MONTH'", "'SECOND'", "'YEAR'");
}
