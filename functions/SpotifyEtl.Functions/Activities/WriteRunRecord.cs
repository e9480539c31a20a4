using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Activities;

/// <summary>Keeps what a run did in run_data/runs.</summary>
public sealed class WriteRunRecord(RunRecords records)
{
    [Function(nameof(WriteRunRecord))]
    public Task RunAsync([ActivityTrigger] RunResult result, CancellationToken cancellationToken) => records.WriteRunAsync(result, cancellationToken);
}
