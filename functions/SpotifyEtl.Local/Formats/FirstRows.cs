using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Formats;

/// <summary>Reads rows to be written in columns whose widths the first of them settle, as no more than those are held.</summary>
internal static class FirstRows
{
    private const int MostRows = 1000;
    private const int MostCharacters = 1 << 20;

    /// <summary>Has all rows written.</summary>
    /// <param name="result">The rows.</param>
    /// <param name="show">A cell as it is shown; a missing value is null.</param>
    /// <param name="begin">Given the first rows, writes what stands above them.</param>
    /// <param name="write">Writes a row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many rows there were.</returns>
    public static async Task<long> WriteAsync(
        QueryResult result, Func<string?, string> show, Func<IReadOnlyList<string[]>, Task> begin, Func<string[], Task> write,
        CancellationToken cancellationToken)
    {
        List<string[]>? first = [];
        var (count, characters) = (0L, 0);
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            count++;
            var cells = new string[row.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = show(row[i]);
                characters += first is null ? 0 : cells[i].Length;
            }

            if (first is null)
            {
                await write(cells);
                continue;
            }

            first.Add(cells);
            if (first.Count == MostRows || characters >= MostCharacters)
            {
                await WriteFirstAsync(first, begin, write);
                first = null;
            }
        }

        if (first is not null)
        {
            await WriteFirstAsync(first, begin, write);
        }

        return count;
    }

    private static async Task WriteFirstAsync(List<string[]> rows, Func<IReadOnlyList<string[]>, Task> begin, Func<string[], Task> write)
    {
        await begin(rows);
        foreach (var row in rows)
        {
            await write(row);
        }
    }
}
