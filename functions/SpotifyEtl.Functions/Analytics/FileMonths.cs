using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Plays;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Keeps the index of months in step with the tables of a raw file while these are written.</summary>
public sealed class FileMonths(ILake lake, MonthIndex index)
{
    // Each waits more than it works, and a file of plays may have many.
    private const int MonthsAtOnce = 16;

    /// <summary>
    /// Before the tables of a file are written: makes the months due of which they have rows so far, so that whatever becomes of them, and whenever the
    /// process is killed, those months are written again.
    /// </summary>
    /// <returns>The months.</returns>
    public async Task<IReadOnlySet<string>> MarkAsync(string runId, RawFileName file, CancellationToken cancellationToken)
    {
        // They tell the months of all other tables too: of each playlist there is a snapshot, and what else a file has is of plays.
        var found = await Task.WhenAll(
            FindMonthsAsync(Table.Snapshot, file, cancellationToken),
            FindMonthsAsync(Table.Play, file, cancellationToken));
        HashSet<string> months = new(found.SelectMany(some => some), StringComparer.Ordinal);
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
        var months = await TablesOfFile.ReadAsync(lake, file.Stem, cancellationToken);
        await AddAsync(runId, file, months, cancellationToken);
        foreach (var month in months)
        {
            await index.ForgetAsync(month.Month, cancellationToken);
        }
    }

    /// <summary>After the tables are written, and before the raw file moves: says of which months it has rows now.</summary>
    /// <param name="runId">The run that wrote them.</param>
    /// <param name="file">The raw file.</param>
    /// <param name="before">The months of which it had some before.</param>
    /// <param name="now">The months of which it has some now.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task SettleAsync(
        string runId, RawFileName file, IReadOnlySet<string> before, IReadOnlyList<FileMonth> now, CancellationToken cancellationToken)
    {
        foreach (var gone in before.Except(now.Select(month => month.Month), StringComparer.Ordinal))
        {
            await index.RemoveAsync(gone, runId, file.Stem, cancellationToken);
        }

        await AddAsync(runId, file, now, cancellationToken);
    }

    /// <summary>The months of which a raw file has rows, in order.</summary>
    public static IReadOnlyList<FileMonth> Of(Transformed transformed)
    {
        MonthOfRow month = new();
        HashSet<string> extracted = new(transformed.ExtractedAt.Select(time => month.Of(Encoding.UTF8.GetBytes(time))), StringComparer.Ordinal);
        HashSet<string> played = new(transformed.PlayMonths.Select(MonthOfRow.Of), StringComparer.Ordinal);
        return FileMonth.Of(transformed.Rows, table => table == Table.Play ? played : extracted);
    }

    private async Task<IReadOnlySet<string>> FindMonthsAsync(Table table, RawFileName file, CancellationToken cancellationToken)
    {
        HashSet<string> months = new(StringComparer.Ordinal);
        try
        {
            await using var rows = await TableFile.OpenAsync(lake, table, file.Stem, cancellationToken);
            MonthOfRow month = new();
            MonthOfRow ofSongs = new();
            while (await rows.ReadAsync(cancellationToken))
            {
                months.Add(month.Of(rows.Cell(table.MonthColumn)));
                if (table == Table.Play && rows.Cell(PlayTable.SourceColumn).SequenceEqual(PlaySource.RecentlyPlayed.Text()))
                {
                    // The API tells songs with the plays.
                    months.Add(ofSongs.Of(rows.Cell(Table.Song.MonthColumn)));
                }
            }
        }
        catch (DamagedTableFileException)
        {
            // There is none, or it tells nothing: the tables that are about to be written make it whole.
        }

        return months;
    }

    private Task AddAsync(string runId, RawFileName file, IReadOnlyList<FileMonth> months, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        months,
        new ParallelOptions { MaxDegreeOfParallelism = MonthsAtOnce, CancellationToken = cancellationToken },
        async (month, stop) => await index.AddAsync(month.Month, runId, new MonthEntry(file.Name, file.Stem, month.Rows), stop));
}
