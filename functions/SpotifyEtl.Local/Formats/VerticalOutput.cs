using System.Globalization;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>Writes each row as lines of a field each, for rows that are wider than a terminal. Nothing is cut.</summary>
internal static class VerticalOutput
{
    private const string Null = "NULL";

    public static async Task<long> WriteAsync(QueryResult result, TextWriter output, CancellationToken cancellationToken)
    {
        var names = result.Columns.Select(column => TerminalText.Clean(column.Name)).ToArray();
        var width = names.Select(TerminalText.Width).DefaultIfEmpty(0).Max();
        var count = 0L;
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            count++;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"-- row {count} --"));
            foreach (var (name, value) in names.Zip(row))
            {
                var space = new string(' ', width - TerminalText.Width(name));
                await output.WriteLineAsync($"{name}{space}  {(value is null ? Null : TerminalText.Clean(value))}".TrimEnd());
            }
        }

        await output.WriteLineAsync(count == 1 ? "(1 row)" : $"({count} rows)");
        return count;
    }
}
