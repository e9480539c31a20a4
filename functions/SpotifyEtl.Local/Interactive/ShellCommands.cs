using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Interactive;

/// <summary>What can be typed beside SQL.</summary>
internal static class ShellCommands
{
    public static IReadOnlyList<string> Names { get; } = ["help", "exit", "quit", "\\d", "\\query", "\\format", "\\out", "\\rows", "\\timing"];

    public const string Help = """
        A statement ends with ; and may have several lines.

          \d               lists tables and views
          \d TABLE         lists a table's columns
          \query NAME      runs a named query; \query alone lists them
          \format FORMAT   table, vertical, csv, json or markdown, from now on
          \out FILE        writes the next result to a file: .csv, .json, .parquet, .md, .txt
          \rows NUMBER     shows so many rows of a result at most; \rows all shows all
          \timing          tells after each statement how long it took, or no more
          exit             leaves; so do quit and Ctrl+D

        Tab completes names, Up and Down go through what was typed before, Ctrl+R searches it, Ctrl+C stops what runs.
        """;

    /// <summary>Whether a text is one of them, and so whole without a semicolon.</summary>
    public static bool Is(string text) => Word(text) is { Length: > 0 } word
        && (word[0] is '\\' || (word.ToUpperInvariant() is "HELP" or "EXIT" or "QUIT" && Rest(text).Length == 0));

    /// <summary>Does what it says.</summary>
    /// <returns>The statement that is to be run for it; null: none is.</returns>
    /// <exception cref="UsageException">There is no such command, or it cannot be done.</exception>
    public static string? Do(string text, ShellState state, Shell shell)
    {
        var rest = Rest(text);
        switch (Word(text).ToUpperInvariant())
        {
            case "EXIT" or "QUIT" or "\\Q":
                state.IsLeft = true;
                return null;
            case "\\D" or "\\DT":
                return rest.Length == 0 ? "SHOW TABLES" : $"DESCRIBE {rest}";
            case "\\QUERY":
                return Query(rest, shell);
            case "\\FORMAT":
                state.Format = FormatOf(rest);
                shell.Out.WriteLine($"Results come as {rest.ToLowerInvariant()}.");
                return null;
            case "\\OUT":
                state.Next = QueryTarget.Of(
                    shell, format: null, rest.Length > 0 ? rest : throw new UsageException("\\out takes a file, such as songs.parquet."));
                shell.Out.WriteLine($"The next result goes to {rest}.");
                return null;
            case "\\ROWS":
                state.MostRows = rest.Equals("all", StringComparison.OrdinalIgnoreCase) ? null
                    : int.TryParse(rest, out var rows) && rows > 0 ? rows : throw new UsageException("\\rows takes a number above 0, or all.");
                shell.Out.WriteLine(state.MostRows is { } most ? $"At most {most} rows of a result are shown." : "All rows are shown.");
                return null;
            case "\\TIMING":
                state.IsTimed = !state.IsTimed;
                shell.Out.WriteLine(state.IsTimed ? "It is told how long statements take." : "It is not told any more how long statements take.");
                return null;
            case "HELP" or "\\?" or "\\H" or "\\HELP":
                shell.Out.WriteLine(Help.ReplaceLineEndings(Environment.NewLine));
                return null;
            default:
                throw new UsageException($"There is no {Word(text)}.{Suggestion.For(Word(text), Names)} help lists what there is.");
        }
    }

    private static string? Query(string name, Shell shell)
    {
        if (name.Length > 0)
        {
            return NamedQueries.All.FirstOrDefault(query => query.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Sql
                ?? throw new UsageException(
                    $"There is no query '{name}'.{Suggestion.For(name, NamedQueries.All.Select(query => query.Name))} \\query lists them.");
        }

        var width = NamedQueries.All.Max(query => query.Name.Length) + 2;
        foreach (var query in NamedQueries.All)
        {
            var lines = Paragraph.Lines(query.Description, (shell.Width ?? 80) - width);
            shell.Out.WriteLine(string.Join(Environment.NewLine, lines.Select((line, i) => (i == 0 ? query.Name : "").PadRight(width) + line)));
        }

        return null;
    }

    private static QueryFormat FormatOf(string name) =>
        Enum.TryParse<QueryFormat>(name, ignoreCase: true, out var format) && Enum.IsDefined(format) && format is not QueryFormat.Parquet
        && !char.IsAsciiDigit(name[0])
            ? format
            : throw new UsageException("\\format takes table, vertical, csv, json or markdown. Parquet goes to a file: \\out songs.parquet.");

    private static string Word(string text) =>
        text.Trim().TrimEnd(';').Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var word, ..] ? word : "";

    private static string Rest(string text) =>
        text.Trim().TrimEnd(';').Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [_, var rest] ? rest.Trim() : "";
}
