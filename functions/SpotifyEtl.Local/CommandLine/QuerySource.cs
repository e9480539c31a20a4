using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>What <c>query</c> is to run: an argument, a named query, a file, or what is piped in.</summary>
/// <param name="Name">What messages call it; null: the argument, or a query's name.</param>
/// <param name="Statements">The statements.</param>
internal sealed record QuerySource(string? Name, IReadOnlyList<ScriptStatement> Statements)
{
    private const string Stdin = "-";
    private const string Nothing = "Give an SQL statement, --name with the name of a query, --file with one of statements, or pipe them in.";

    /// <param name="shell">What the program is called from.</param>
    /// <param name="sql">The argument.</param>
    /// <param name="name">The named query.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What to run; null: nothing was given, and somebody sits at a terminal to type it.</returns>
    /// <exception cref="UsageException">Nothing is given, or two things are, or the file cannot be read.</exception>
    public static async Task<QuerySource?> FindAsync(Shell shell, string? sql, string? name, string? file, CancellationToken cancellationToken)
    {
        if (sql is not null && name is not null)
        {
            throw new UsageException("Give an SQL statement or --name, not both.");
        }

        if (file is not null && (sql ?? name) is not null)
        {
            throw new UsageException("Give --file, or an SQL statement or --name, not both.");
        }

        if (name is not null)
        {
            return new QuerySource(Name: null, [new ScriptStatement(Named(name).Sql, new Position(1, 1))]);
        }

        if (sql is not null and not Stdin)
        {
            return Of(name: null, sql);
        }

        if (file is not null and not Stdin)
        {
            return Of(file, await ReadAsync(shell.PathOf(file), cancellationToken));
        }

        if (sql is null && file is null && shell.Keyboard is not null)
        {
            return null;
        }

        var piped = await shell.In.ReadToEndAsync(cancellationToken).WaitAsync(cancellationToken);
        return string.IsNullOrWhiteSpace(piped) ? throw new UsageException(Nothing) : Of("stdin", piped);
    }

    /// <exception cref="UsageException">There is no such query.</exception>
    public static NamedQuery Named(string name) =>
        NamedQueries.All.Any(query => query.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        || Suggestion.For(name, NamedQueries.All.Select(query => query.Name)) is not { Length: > 0 } suggestion
            ? NamedQueries.Get(name)
            : throw new UsageException($"There is no query '{name}'.{suggestion} 'spotify-etl query --help' lists them all.");

    private static QuerySource Of(string? name, string text) => Script.Statements(text) is { Count: > 0 } statements
        ? new QuerySource(name, statements)
        : throw new UsageException(name is null ? Nothing : $"There is no statement in {name}.");

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {exception.Message} Name another with --file.");
        }
    }
}
