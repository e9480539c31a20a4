using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Activities;

/// <summary>Compares what the catalog's tables show of a run's files, and of the months that these are of, with what was written.</summary>
public sealed class VerifyTables(RunRecords records, MonthIndex index, ITableRows rows)
{
    /// <returns>A sentence for every table that does not agree.</returns>
    [Function(nameof(VerifyTables))]
    public async Task<IReadOnlyList<string>> RunAsync([ActivityTrigger] string runId, CancellationToken cancellationToken)
    {
        var written = RowCounts.None;
        HashSet<string> stems = new(StringComparer.Ordinal);
        SortedSet<string> months = new(StringComparer.Ordinal);
        await foreach (var file in records.ReadFilesAsync(runId, cancellationToken))
        {
            written += file.Rows;
            stems.Add(file.Stem);
            months.UnionWith(file.Months);
        }

        List<string> mismatches = [];
        foreach (var table in Table.All)
        {
            var shown = await rows.CountAsync(table, stems, cancellationToken);
            if (shown != written[table])
            {
                mismatches.Add($"Table {table.CatalogName} shows {shown} rows of this run's files; {written[table]} were written. Run its crawler again.");
            }
        }

        foreach (var month in months)
        {
            mismatches.AddRange(await VerifyAsync(month, cancellationToken));
        }

        return mismatches;
    }

    private async Task<IReadOnlyList<string>> VerifyAsync(string month, CancellationToken cancellationToken)
    {
        // A month that could not be written has been told of.
        if (await index.FindAsync(month, cancellationToken) is not { } record)
        {
            return [];
        }

        List<string> mismatches = [];
        foreach (var table in Table.All)
        {
            if (await rows.CountMonthAsync(table, month, cancellationToken) is { } shown && shown != record.Rows[table])
            {
                mismatches.Add(
                    $"Table {table.TypedName} shows {shown} rows of {month}; {record.Rows[table]} were written. Rebuild it with reprocess --months.");
            }
        }

        // A month that is due is being written by another run, or has just been told of.
        return mismatches.Count > 0 && await index.IsDueAsync(month, cancellationToken) ? [] : mismatches;
    }
}
