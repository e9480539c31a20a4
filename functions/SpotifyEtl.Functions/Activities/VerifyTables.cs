using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Catalog;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Activities;

/// <summary>Compares what the catalog's tables show for a run's files with what the run wrote.</summary>
public sealed class VerifyTables(RunRecords records, ITableRows rows)
{
    /// <returns>A sentence for every table that does not agree.</returns>
    [Function(nameof(VerifyTables))]
    public async Task<IReadOnlyList<string>> RunAsync([ActivityTrigger] string runId, CancellationToken cancellationToken)
    {
        var written = RowCounts.None;
        HashSet<string> stems = new(StringComparer.Ordinal);
        await foreach (var file in records.ReadFilesAsync(runId, cancellationToken))
        {
            written += file.Rows;
            stems.Add(file.Stem);
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

        return mismatches;
    }
}
