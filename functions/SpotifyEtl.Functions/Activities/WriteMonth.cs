using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Activities;

/// <summary>Makes a month known to the catalog and writes its typed tables. Run twice, it writes the same bytes.</summary>
public sealed class WriteMonth(MonthWriter writer, ICatalogMonths catalog)
{
    [Function(nameof(WriteMonth))]
    public async Task<MonthResult> RunAsync([ActivityTrigger] string month, CancellationToken cancellationToken)
    {
        // First, as a month that is written is due no more. A table that has no rows of it has an empty partition.
        var warnings = await catalog.RegisterAsync(month, Table.All, cancellationToken);
        try
        {
            var written = await writer.WriteAsync(month, cancellationToken);
            return written with { Warnings = [.. warnings, .. written.Warnings] };
        }
        catch (PermanentEtlException exception) when (exception.IsAccessDenied)
        {
            // The stack of an earlier version gives no right to these tables, and what its users had goes on.
            var denied = $"The typed tables of {month} lack what is new: {exception.Message} Update the stack with "
                + "functions/deploy/aws.yaml: the next run writes them.";
            return new MonthResult(month, RowCounts.None, [.. warnings, denied]);
        }
    }
}
