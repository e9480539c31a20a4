using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads a statement: a query, or one that shows what there is. All else is refused by its name.</summary>
internal sealed class StatementParser
{
    private const string OnlyQueries = "Only queries run here: SELECT, WITH, VALUES, TABLE, DESCRIBE or SHOW. The tables themselves change by runs alone.";

    private static readonly HashSet<string> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "CREATE", "ALTER", "DROP", "MSCK", "UNLOAD", "VACUUM", "OPTIMIZE", "PREPARE", "EXECUTE",
        "DEALLOCATE", "EXPLAIN", "ANALYZE", "CALL", "GRANT", "REVOKE", "SET", "RESET", "USE", "START", "COMMIT", "ROLLBACK", "COMMENT", "REFRESH", "COPY",
        "ATTACH", "DETACH", "INSTALL", "LOAD", "PRAGMA", "EXPORT", "IMPORT", "CHECKPOINT", "LOCK", "UNLOCK", "DENY", "KILL", "FORCE", "SUMMARIZE",
    };

    private readonly TokenReader _tokens;
    private readonly QueryParser _queries;

    private StatementParser(TokenReader tokens) => (_tokens, _queries) = (tokens, new QueryParser(tokens));

    /// <exception cref="PermanentEtlException">It is no statement, more than one, or one that does more than read.</exception>
    public static Statement Parse(string sql)
    {
        var tokens = Tokenizer.Tokens(sql);
        if (tokens.All(token => token.Kind is TokenKind.End || token.Is(";")))
        {
            throw new PermanentEtlException("The query is empty.");
        }

        TokenReader reader = new(tokens);
        var statement = new StatementParser(reader).Parse();
        while (reader.Accept(";"))
        {
        }

        if (reader.Current.Kind is not TokenKind.End)
        {
            throw tokens.TakeWhile(token => token != reader.Current).Any(token => token.Is(";"))
                ? new PermanentEtlException($"The query holds {Count(tokens)} statements. Run one at a time.")
                : reader.Mismatch(statement is QueryStatement ? ["','", "'EXCEPT'", "'INTERSECT'", "'LIMIT'", "'ORDER'", "'UNION'", "<EOF>"] : ["<EOF>"]);
        }

        return statement with { Tables = reader.Tables, AsksHidden = reader.AsksHidden };
    }

    private static int Count(IReadOnlyList<Token> tokens) =>
        tokens.Where((token, index) => !token.Is(";") && token.Kind is not TokenKind.End && (index == 0 || tokens[index - 1].Is(";"))).Count();

    private Statement Parse()
    {
        var first = _tokens.Current;
        if (_queries.Begins())
        {
            return new QueryStatement(_queries.Query());
        }

        if (_tokens.Accept("SHOW"))
        {
            return Show();
        }

        if (_tokens.Accept("DESCRIBE") || _tokens.Accept("DESC"))
        {
            return DescribeTable();
        }

        throw first.Kind is TokenKind.Word && s_others.Contains(first.Text)
            ? new PermanentEtlException($"{first.Text.ToUpperInvariant()} is not allowed. {OnlyQueries}")
            : new PermanentEtlException($"{first.At}: mismatched input {first}. {OnlyQueries}");
    }

    private Describe DescribeTable()
    {
        foreach (var other in (string[])["INPUT", "OUTPUT", "DATABASE", "SCHEMA"])
        {
            if (_tokens.Sees(other) && TokenReader.IsName(_tokens.Ahead()))
            {
                throw _tokens.At.Fault($"DESCRIBE {other} is not offered here.");
            }
        }

        if (_tokens.Sees("EXTENDED") || _tokens.Sees("FORMATTED"))
        {
            _tokens.Take();
        }

        return new Describe(Table());
    }

    private QualifiedName Table()
    {
        var name = _tokens.QualifiedName();
        _tokens.Tables.Add(name);
        return name;
    }

    private Statement Show()
    {
        var token = _tokens.Take();
        switch (token.Text.ToUpperInvariant())
        {
            case "TABLES" or "VIEWS":
                var database = _tokens.Accept("IN") || _tokens.Accept("FROM") ? _tokens.QualifiedName() : null;
                return new ShowTables(token.Is("VIEWS"), database, Pattern());
            case "DATABASES" or "SCHEMAS":
                if (_tokens.Accept("IN") || _tokens.Accept("FROM"))
                {
                    _tokens.Name();
                }

                return new ShowDatabases(Pattern());
            case "COLUMNS":
                return Columns();
            case "CREATE":
                throw token.At.Fault("SHOW CREATE is not offered here: DESCRIBE shows a table's columns, and query --name NAME --as-view a view's statement.");
            default:
                throw token.At.Fault($"SHOW {token.Text.ToUpperInvariant()} is not allowed. There are SHOW TABLES, VIEWS, DATABASES and COLUMNS.");
        }
    }

    // SHOW COLUMNS IN table IN database is Athena's too.
    private ShowColumns Columns()
    {
        _tokens.ExpectAny("FROM", "IN");
        var table = Table();
        if (_tokens.Accept("IN") || _tokens.Accept("FROM"))
        {
            var database = _tokens.QualifiedName();
            table = new QualifiedName([.. database.Parts, .. table.Parts], table.At);
        }

        return new ShowColumns(table, Pattern());
    }

    private NamePattern? Pattern()
    {
        var isLike = _tokens.Accept("LIKE");
        if (_tokens.Current.Kind is not TokenKind.Text)
        {
            return isLike ? throw _tokens.Mismatch("<string>") : null;
        }

        var text = _tokens.Take().Value;
        char? escape = _tokens.Accept("ESCAPE") && _tokens.Take() is { Value: [var character] } ? character : null;
        return new NamePattern(text, isLike, escape);
    }
}
