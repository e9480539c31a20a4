using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>The tokens of a statement, one after the other.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALTER", "AND", "AS", "BETWEEN", "BY", "CASE", "CAST", "CONSTRAINT", "CREATE", "CROSS", "CUBE", "CURRENT_CATALOG", "CURRENT_DATE", "CURRENT_PATH",
        "CURRENT_ROLE", "CURRENT_SCHEMA", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "DEALLOCATE", "DELETE", "DESCRIBE", "DISTINCT", "DROP", "ELSE",
        "END", "ESCAPE", "EXCEPT", "EXECUTE", "EXISTS", "EXTRACT", "FALSE", "FOR", "FROM", "FULL", "GROUP", "GROUPING", "HAVING", "IN", "INNER", "INSERT",
        "INTERSECT", "INTO", "IS", "JOIN", "JSON_ARRAY", "JSON_EXISTS", "JSON_OBJECT", "JSON_QUERY", "JSON_TABLE", "JSON_VALUE", "LEFT", "LIKE", "LISTAGG",
        "LOCALTIME", "LOCALTIMESTAMP", "NATURAL", "NORMALIZE", "NOT", "NULL", "ON", "OR", "ORDER", "OUTER", "PREPARE", "RECURSIVE", "RIGHT", "ROLLUP",
        "SELECT", "SKIP", "TABLE", "THEN", "TRIM", "TRUE", "UESCAPE", "UNION", "UNNEST", "USING", "VALUES", "WHEN", "WHERE", "WITH",
    };

    private readonly Parentheses _parentheses = Parentheses.Of(tokens);
    private int _next;

    public Token Current => tokens[_next];

    public Position At => Current.At;

    /// <summary>The tables named so far.</summary>
    public List<QualifiedName> Tables { get; } = [];

    /// <summary>Whether a name was read that tables hide.</summary>
    public bool AsksHidden { get; private set; }

    public Token Ahead(int count = 1) => tokens[Math.Min(_next + count, tokens.Count - 1)];

    /// <summary>What stands behind parentheses that open one after another: the number of tokens ahead.</summary>
    public int InsideParentheses(int ahead) => _parentheses.Inside[Math.Min(_next + ahead, tokens.Count - 1)] - _next;

    /// <summary>The token behind the one that closes a parenthesis.</summary>
    public Token AfterParenthesis(int ahead) => tokens[Math.Min(_parentheses.Close[Math.Min(_next + ahead, tokens.Count - 1)] + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _next = Math.Min(_next + 1, tokens.Count - 1);
        return token;
    }

    public bool Sees(string word) => Current.Is(word);

    public bool Sees(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Ahead(i).Is(words[i]))
            {
                return false;
            }
        }

        return true;
    }

    public bool Accept(string word) => Accept([word]);

    public bool Accept(params ReadOnlySpan<string> words)
    {
        if (!Sees(words))
        {
            return false;
        }

        _next += words.Length;
        return true;
    }

    public Token Expect(string word) => Sees(word) ? Take() : throw Mismatch($"'{word}'");

    /// <summary>Takes one of these words.</summary>
    public Token ExpectAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Sees(word))
            {
                return Take();
            }
        }

        throw Mismatch([.. words.ToArray().Select(word => $"'{word}'")]);
    }

    /// <summary>Whether a token may be a name as it stands.</summary>
    public static bool IsName(Token token) => token.Kind is TokenKind.QuotedName || (token.Kind is TokenKind.Word && !s_reserved.Contains(token.Text));

    public bool SeesName => IsName(Current);

    public string Name()
    {
        if (!SeesName)
        {
            throw Mismatch("<identifier>");
        }

        AsksHidden |= Current.Value.StartsWith('$');
        return Take().Value;
    }

    public QualifiedName QualifiedName()
    {
        var at = At;
        List<string> parts = [Name()];
        while (Accept("."))
        {
            parts.Add(Name());
        }

        return new QualifiedName(parts, at);
    }

    /// <summary>One or more, with commas between.</summary>
    public List<T> List<T>(Func<T> one)
    {
        List<T> all = [one()];
        while (Accept(","))
        {
            all.Add(one());
        }

        return all;
    }

    /// <summary>In parentheses, with commas between.</summary>
    public List<T> InParentheses<T>(Func<T> one)
    {
        Expect("(");
        var all = List(one);
        Expect(")");
        return all;
    }

    public PermanentEtlException Mismatch(params ReadOnlySpan<string> expected) =>
        At.Fault($"mismatched input {Current}. Expecting: {string.Join(", ", expected!)}");

    /// <summary>Refuses what nests deeper than can be followed.</summary>
    public void CheckDepth()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw At.Fault("The statement is nested too deeply. Write it with less parentheses or subqueries within another.");
        }
    }
}
