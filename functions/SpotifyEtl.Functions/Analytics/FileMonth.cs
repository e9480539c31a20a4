using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>That the tables of a raw file have rows of a month.</summary>
/// <param name="Month">The month, such as <c>2026-11</c>.</param>
/// <param name="Rows">
/// The rows of the tables that have some of the month, those of other months among them; of tables whose rows tell no month, all of them in the file's
/// first month and none in others.
/// </param>
public sealed record FileMonth(string Month, RowCounts Rows)
{
    /// <summary>The months of a raw file, in order.</summary>
    /// <param name="rows">The rows of its tables.</param>
    /// <param name="monthsOf">The months of which a table's rows are, of tables that tell it.</param>
    public static IReadOnlyList<FileMonth> Of(RowCounts rows, Func<Table, IReadOnlySet<string>> monthsOf)
    {
        var byTable = Table.All.Where(table => table.TellsMonth && rows[table] > 0).ToDictionary(table => table, monthsOf);
        SortedSet<string> months = new(byTable.Values.SelectMany(some => some), StringComparer.Ordinal);
        if (months.Count == 0 && rows.Total > 0)
        {
            months.Add(MonthOfRow.Unknown);
        }

        return
        [
            .. months.Select((month, number) => new FileMonth(
                month, rows.Of(table => table.TellsMonth ? byTable.TryGetValue(table, out var some) && some.Contains(month) : number == 0))),
        ];
    }
}
