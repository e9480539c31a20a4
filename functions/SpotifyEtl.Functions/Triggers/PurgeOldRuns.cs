using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>Removes the history of runs that ended long ago. Their records stay in the lake.</summary>
public sealed class PurgeOldRuns(IOptions<RunOptions> options, TimeProvider time, ILogger<PurgeOldRuns> logger)
{
    // A purge that takes longer than this is cut by the real host.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(25);

    [Function(nameof(PurgeOldRuns))]
    public async Task RunAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        // Statuses are always named: without them the real host's purge takes live instances too.
        var createdTo = time.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        PurgeInstancesFilter filter = new(CreatedTo: createdTo, Statuses: RunInstances.Ended) { Timeout = s_timeout };
        var purged = 0;
        PurgeResult result;
        do
        {
            result = await client.PurgeAllInstancesAsync(filter, cancellation: cancellationToken);
            purged += result.PurgedInstanceCount;
        }
        while (result is { IsComplete: false, PurgedInstanceCount: > 0 });

        TriggerLog.RunsPurged(logger, purged, options.Value.KeepDays);
    }
}
