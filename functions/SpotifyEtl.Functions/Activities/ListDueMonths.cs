using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Analytics;

namespace SpotifyEtl.Activities;

/// <summary>Lists the months whose typed tables have to be written: those of a run's files, and what an earlier, broken run left.</summary>
public sealed class ListDueMonths(MonthIndex index)
{
    [Function(nameof(ListDueMonths))]
    public Task<IReadOnlyList<string>> RunAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => index.ListDueAsync(cancellationToken);
}
