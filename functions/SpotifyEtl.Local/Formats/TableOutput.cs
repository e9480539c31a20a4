using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>
/// Writes rows in aligned columns, numbers to the right. The first rows settle how wide each column is; if the terminal is narrower than
/// all of them, the widest text columns are cut. Numbers are never cut.
/// </summary>
internal static class TableOutput
{
    private const string Gap = "  ";
    private const string Null = "NULL";
    private const int NarrowestText = 4;

    public static async Task<long> WriteAsync(QueryResult result, TextWriter output, int? terminalWidth, CancellationToken cancellationToken)
    {
        var columns = result.Columns;
        var headers = columns.Select(column => TerminalText.Clean(column.Name)).ToArray();
        int[] widths = [];
        var count = await FirstRows.WriteAsync(
            result, value => value is null ? Null : TerminalText.Clean(value), BeginAsync, WriteAsync, cancellationToken);
        await output.WriteLineAsync(count == 1 ? "(1 row)" : $"({count} rows)");
        return count;

        async Task BeginAsync(IReadOnlyList<string[]> rows)
        {
            widths = Fit(columns, headers, rows, terminalWidth);
            await output.WriteLineAsync(Line(columns, widths, headers.Select((header, column) => TerminalText.Cut(header, widths[column]))));
            await output.WriteLineAsync(string.Join(Gap, widths.Select(width => new string('-', width))));
        }

        Task WriteAsync(string[] cells) => output.WriteLineAsync(Line(columns, widths, cells.Select((cell, column) =>
            terminalWidth is not null && !columns[column].IsNumeric ? TerminalText.Cut(cell, widths[column]) : cell)));
    }

    private static int[] Fit(IReadOnlyList<QueryColumn> columns, string[] headers, IReadOnlyList<string[]> rows, int? terminalWidth)
    {
        var contents = Enumerable.Range(0, columns.Count)
            .Select(column => rows.Select(row => TerminalText.Width(row[column])).DefaultIfEmpty(0).Max()).ToArray();
        var widths = contents.Select((content, column) => Math.Max(1, Math.Max(content, TerminalText.Width(headers[column])))).ToArray();
        var narrowest = columns.Select((column, index) => Math.Min(widths[index], Math.Max(NarrowestText, column.IsNumeric ? contents[index] : 0))).ToArray();
        var excess = terminalWidth is { } limit ? widths.Sum() + Gap.Length * (widths.Length - 1) - limit : 0;
        while (excess > 0)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > narrowest[column])
                .OrderByDescending(column => widths[column]).Take(1).ToList();
            if (widest is not [var column])
            {
                break;
            }

            widths[column]--;
            excess--;
        }

        return widths;
    }

    private static string Line(IReadOnlyList<QueryColumn> columns, int[] widths, IEnumerable<string> cells) =>
        string.Join(Gap, cells.Select((cell, column) => Pad(cell, widths[column], columns[column].IsNumeric))).TrimEnd();

    private static string Pad(string cell, int width, bool toTheRight)
    {
        var space = new string(' ', Math.Max(0, width - TerminalText.Width(cell)));
        return toTheRight ? space + cell : cell + space;
    }
}
