using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>What the CSV tables of a raw file hold as they are, whichever version wrote them.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Months">The months of these, in order.</param>
internal sealed record TablesOfFile(RowCounts Rows, IReadOnlyList<string> Months)
{
    /// <summary>Reads the tables. One that is not there has no rows; one that is damaged has those before the damage.</summary>
    public static async Task<TablesOfFile> ReadAsync(ILake lake, string stem, CancellationToken cancellationToken)
    {
        SortedSet<string> months = new(StringComparer.Ordinal);
        var counts = await Task.WhenAll(Table.All.Select(async table =>
        {
            var (rows, found) = await ReadAsync(lake, table, stem, cancellationToken);
            return (table.Name, Rows: rows, Months: found);
        }));
        foreach (var (_, _, found) in counts)
        {
            months.UnionWith(found);
        }

        var all = RowCounts.Of(counts.ToDictionary(count => count.Name, count => count.Rows, StringComparer.Ordinal));
        return new TablesOfFile(all, months.Count == 0 && all.Total > 0 ? [MonthOfRow.Unknown] : [.. months]);
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
                    months.Add(month.Of(file.Cell(Table.MonthColumn)));
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
