using System.Text.RegularExpressions;

namespace SpotifyEtl.Functions.Tests.Catalog;

internal enum SqlTokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Symbol,
}

/// <summary>A token of a statement, as standard SQL has them.</summary>
internal sealed partial record SqlToken(SqlTokenKind Kind, string Value)
{
    /// <exception cref="FormatException">Something is no token that Trino and DuckDB both know.</exception>
    public static List<SqlToken> Read(string sql)
    {
        List<SqlToken> tokens = [];
        for (var at = 0; at < sql.Length;)
        {
            var match = Pattern().Match(sql, at);
            if (!match.Success || match.Index != at)
            {
                throw new FormatException($"'{sql[at]}' begins no token that both engines know.");
            }

            at += match.Length;
            var kinds = Enum.GetValues<SqlTokenKind>().Where(kind => match.Groups[kind.ToString()].Success);
            if (kinds.Select(kind => (SqlTokenKind?)kind).FirstOrDefault() is { } found)
            {
                tokens.Add(new SqlToken(found, match.Value));
            }
        }

        return tokens;
    }

    public bool Is(string word) => Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    // A colon, a bracket, a brace, a dollar, a semicolon and the like are none.
    [GeneratedRegex(
        """\G(\s+|--[^\n]*|(?<Word>[A-Za-z_][A-Za-z0-9_]*)|(?<QuotedName>"[^"]+")|(?<Text>'([^']|'')*')|(?<Number>[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)|(?<Symbol><>|<=|>=|\|\||[-+*/%<>=(),.]))""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
