using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>What the CSV tables of a raw file hold as they are, whichever version wrote them.</summary>
internal static class TablesOfFile
{
    /// <summary>The months of which they have rows, in order. A table that is not there has no rows; one that is damaged has those before the damage.</summary>
    public static async Task<IReadOnlyList<FileMonth>> ReadAsync(ILake lake, string stem, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(Table.All.Select(async table => (Table: table, Content: await ReadAsync(lake, table, stem, cancellationToken))));
        var contents = read.ToDictionary(one => one.Table, one => one.Content);
        var rows = RowCounts.Of(contents.ToDictionary(one => one.Key.Name, one => one.Value.Rows, StringComparer.Ordinal));
        return FileMonth.Of(rows, table => contents[table].Months);
    }

    private static async Task<(long Rows, IReadOnlySet<string> Months)> ReadAsync(ILake lake, Table table, string stem, CancellationToken cancellationToken)
    {
        var rows = 0L;
        HashSet<string> months = new(StringComparer.Ordinal);
        MonthOfRow month = new();
        try
        {
            await using var file = await TableFile.OpenAsync(lake, table, stem, cancellationToken);
            while (await file.ReadAsync(cancellationToken))
            {
                rows++;
                if (table.TellsMonth)
                {
                    months.Add(month.Of(file.Cell(table.MonthColumn)));
                }
            }
        }
        catch (DamagedTableFileException)
        {
            // It is told of when its month is written.
        }

        return (rows, months);
    }
}
