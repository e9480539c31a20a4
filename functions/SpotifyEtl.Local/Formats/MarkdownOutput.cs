using System.Buffers;
using System.Text.RegularExpressions;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>
/// Writes rows as a table of GitHub's Markdown, numbers to the right. What would be read as Markdown or HTML is escaped, so that values show as they are.
/// The first rows settle the widths by which the bars stand in line; nothing is cut.
/// </summary>
internal static partial class MarkdownOutput
{
    private const string Null = "NULL";
    private const int Narrowest = 3;

    private static readonly SearchValues<char> s_special = SearchValues.Create("\\`*_[]<>|~&$\r\n");

    public static async Task<long> WriteAsync(QueryResult result, TextWriter output, CancellationToken cancellationToken)
    {
        var columns = result.Columns;
        var headers = columns.Select(column => Cell(column.Name)).ToArray();
        int[] widths = [];
        return await FirstRows.WriteAsync(result, value => value is null ? Null : Cell(value), BeginAsync, WriteAsync, cancellationToken);

        async Task BeginAsync(IReadOnlyList<string[]> rows)
        {
            widths = [.. headers.Select((header, column) =>
                rows.Select(row => TerminalText.Width(row[column])).Append(TerminalText.Width(header)).Append(Narrowest).Max())];
            await WriteAsync(headers);
            await output.WriteLineAsync(Line(columns.Select((column, i) => new string('-', widths[i] - 1) + (column.IsNumeric ? ':' : '-'))));
        }

        Task WriteAsync(string[] cells) => output.WriteLineAsync(Line(cells.Select((cell, i) => Pad(cell, widths[i], columns[i].IsNumeric))));
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Pad(string cell, int width, bool toTheRight)
    {
        var space = new string(' ', Math.Max(0, width - TerminalText.Width(cell)));
        return toTheRight ? space + cell : cell + space;
    }

    private static string Cell(string text)
    {
        var plain = !text.AsSpan().ContainsAny(s_special) && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return plain ? text : string.Join("<br>", LineBreak().Split(text).Select(line => Marks().Replace(TerminalText.Clean(line), @"\$0")));
    }

    [GeneratedRegex(@"\r\n|\r|\n", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineBreak();

    // An underscore within a word, as names have it, marks nothing.
    [GeneratedRegex(@"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();
}
