using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Keeps the index of months in step with the tables of a raw file while these are written.</summary>
public sealed class FileMonths(ILake lake, MonthIndex index)
{
    /// <summary>
    /// Before the tables of a file are written: makes the months due of which they have rows so far, so that whatever becomes of them, and whenever the
    /// process is killed, those months are written again.
    /// </summary>
    /// <returns>The months.</returns>
    public async Task<IReadOnlySet<string>> MarkAsync(string runId, RawFileName file, CancellationToken cancellationToken)
    {
        HashSet<string> months = new(StringComparer.Ordinal);
        try
        {
            await using var snapshots = await TableFile.OpenAsync(lake, Table.Snapshot, file.Stem, cancellationToken);
            MonthOfRow month = new();
            while (await snapshots.ReadAsync(cancellationToken))
            {
                months.Add(month.Of(snapshots.Cell(Table.MonthColumn)));
            }
        }
        catch (DamagedTableFileException)
        {
            // There is none, or it tells nothing: the tables that are about to be written make it whole.
        }

        foreach (var month in months)
        {
            await index.MarkAsync(month, runId, file.Stem, cancellationToken);
        }

        return months;
    }

    /// <summary>
    /// Enters a raw file into the index by what its tables hold as they are, and has the months that it has rows of built anew.
    /// </summary>
    public async Task IndexAsync(string runId, RawFileName file, CancellationToken cancellationToken)
    {
        var tables = await TablesOfFile.ReadAsync(lake, file.Stem, cancellationToken);
        await AddAsync(runId, file, tables.Months, tables.Rows, cancellationToken);
        foreach (var month in tables.Months)
        {
            await index.ForgetAsync(month, cancellationToken);
        }
    }

    /// <summary>After the tables are written, and before the raw file moves: says of which months it has rows now.</summary>
    /// <param name="runId">The run that wrote them.</param>
    /// <param name="file">The raw file.</param>
    /// <param name="before">The months of which it had some before.</param>
    /// <param name="now">The months of which it has some now.</param>
    /// <param name="rows">The rows of its tables.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task SettleAsync(
        string runId, RawFileName file, IReadOnlySet<string> before, IReadOnlyList<string> now, RowCounts rows, CancellationToken cancellationToken)
    {
        foreach (var gone in before.Except(now, StringComparer.Ordinal))
        {
            await index.RemoveAsync(gone, runId, file.Stem, cancellationToken);
        }

        await AddAsync(runId, file, now, rows, cancellationToken);
    }

    /// <summary>The months of which a raw file has rows, in order.</summary>
    public static IReadOnlyList<string> Of(Transformed transformed)
    {
        MonthOfRow month = new();
        var months = transformed.ExtractedAt.Select(time => month.Of(Encoding.UTF8.GetBytes(time)));
        return [.. months.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private async Task AddAsync(string runId, RawFileName file, IReadOnlyList<string> months, RowCounts rows, CancellationToken cancellationToken)
    {
        foreach (var (number, month) in months.Index())
        {
            MonthEntry entry = new(file.Name, file.Stem, number == 0 ? rows : rows.Of(table => table.TellsMonth));
            await index.AddAsync(month, runId, entry, cancellationToken);
        }
    }
}
