using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Takes a statement apart, as Trino does.</summary>
internal sealed class Tokenizer
{
    private static readonly string[] s_symbols =
    [
        "<>", "!=", "<=", ">=", "||", "->", "=>", "(", ")", "[", "]", ",", ".", ";", "+", "-", "*", "/", "%", "=", "<", ">", "?", ":", "{", "}", "|", "$", "^",
    ];

    private readonly string _sql;
    private readonly bool _refuses;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _counted;
    private int _column = 1;

    private Tokenizer(string sql, bool refuses) => (_sql, _refuses) = (sql, refuses);

    private Position Here => new(_line, Column(_at));

    /// <exception cref="PermanentEtlException">Something is no token of Trino's.</exception>
    public static IReadOnlyList<Token> Tokens(string sql) => new Tokenizer(sql, refuses: true).All();

    /// <summary>
    /// The tokens of what somebody may still be typing, or of another dialect: nothing is refused. Backquotes hold a name, and what has no end is a token.
    /// </summary>
    public static IReadOnlyList<Token> Pieces(string sql) => new Tokenizer(sql, refuses: false).All();

    private List<Token> All()
    {
        List<Token> tokens = [];
        do
        {
            var token = Next();
            tokens.Add(token with { End = _at });
        }
        while (tokens[^1].Kind is not TokenKind.End);
        return tokens;
    }

    // Characters beyond the basic plane are two chars, and one to who counts.
    private int Column(int at)
    {
        if (_counted < _lineStart)
        {
            (_counted, _column) = (_lineStart, 1);
        }

        for (; _counted < at; _counted++)
        {
            _column += char.IsLowSurrogate(_sql[_counted]) ? 0 : 1;
        }

        return _column;
    }

    private char Peek(int ahead = 0) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private Token Next()
    {
        SkipBlanks();
        var at = Here;
        if (_at >= _sql.Length)
        {
            return new Token(TokenKind.End, "", "", at);
        }

        var (first, second) = (Peek(), Peek(1));
        return (first, second) switch
        {
            ('\'', _) => Quoted(TokenKind.Text, _at, '\'', at),
            ('"', _) => Quoted(TokenKind.QuotedName, _at, '"', at),
            ('`', _) when !_refuses => Quoted(TokenKind.QuotedName, _at, '`', at),
            ('/', '*') when !_refuses => Unended(at),
            ('`', _) => throw at.Fault("backquoted identifiers are not supported; use double quotes to quote identifiers"),
            ('u' or 'U', '&') when Peek(2) is '\'' => Quoted(TokenKind.UnicodeText, _at + 2, '\'', at),
            ('x' or 'X', '\'') => Quoted(TokenKind.Binary, _at + 1, '\'', at),
            _ when char.IsAsciiDigit(first) || (first is '.' && char.IsAsciiDigit(second)) => Number(at),
            _ when char.IsAsciiLetter(first) || first is '_' => Word(at),
            _ => Symbol(at),
        };
    }

    private void SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (Peek() is '-' && Peek(1) is '-')
            {
                _at = _sql.IndexOf('\n', _at) is var end and >= 0 ? end : _sql.Length;
            }
            else if (Peek() is '/' && Peek(1) is '*')
            {
                var end = _sql.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0 && !_refuses)
                {
                    return;
                }

                Advance(end < 0 ? throw Here.Fault("The comment has no end: */ is missing.") : end + 2);
            }
            else if (char.IsWhiteSpace(Peek()) || Peek() is '\uFEFF')
            {
                Advance(_at + 1);
            }
            else
            {
                return;
            }
        }
    }

    private void Advance(int to)
    {
        for (; _at < to; _at++)
        {
            if (_sql[_at] is '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }
        }
    }

    private Token Quoted(TokenKind kind, int open, char quote, Position at)
    {
        var start = _at;
        StringBuilder value = new();
        var end = open + 1;
        while (true)
        {
            if (end >= _sql.Length)
            {
                return !_refuses
                    ? Unended(at)
                    : throw at.Fault(quote is '"' ? "The quoted name has no end: \" is missing." : "The text has no end: ' is missing.");
            }

            if (_sql[end] == quote)
            {
                if (end + 1 >= _sql.Length || _sql[end + 1] != quote)
                {
                    break;
                }

                end++;
            }

            value.Append(_sql[end++]);
        }

        Advance(end + 1);
        if (_refuses && kind is TokenKind.QuotedName && value.Length == 0)
        {
            throw at.Fault("Zero-length delimited identifier not allowed");
        }

        return new Token(kind, _sql[start..(end + 1)], value.ToString(), at);
    }

    private Token Unended(Position at)
    {
        var text = _sql[_at..];
        Advance(_sql.Length);
        return new Token(TokenKind.Unended, text, text, at);
    }

    private Token Number(Position at)
    {
        var start = _at;
        var kind = TokenKind.Integer;
        SkipDigits();
        if (Peek() is '.')
        {
            kind = TokenKind.Decimal;
            _at++;
            SkipDigits();
        }

        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            kind = TokenKind.Double;
            _at += 2;
            SkipDigits();
        }

        if (_refuses && (char.IsAsciiLetter(Peek()) || Peek() is '_'))
        {
            throw at.Fault("identifiers must not start with a digit; surround the identifier with double quotes");
        }

        var text = _sql[start.._at];
        return new Token(kind, text, text.Replace("_", "", StringComparison.Ordinal), at);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()) || (Peek() is '_' && char.IsAsciiDigit(Peek(1)) && _at > 0 && char.IsAsciiDigit(_sql[_at - 1])))
        {
            _at++;
        }
    }

    private Token Word(Position at)
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' || char.IsLetter(Peek()))
        {
            _at++;
        }

        var text = _sql[start.._at];
        return new Token(TokenKind.Word, text, text, at);
    }

    private Token Symbol(Position at)
    {
        var symbol = Array.Find(s_symbols, symbol => string.CompareOrdinal(_sql, _at, symbol, 0, symbol.Length) == 0)
            ?? (!_refuses ? Peek().ToString() : throw at.Fault($"mismatched input '{Peek()}': no such character has a meaning here"));
        _at += symbol.Length;
        return new Token(TokenKind.Symbol, symbol, symbol, at);
    }
}
