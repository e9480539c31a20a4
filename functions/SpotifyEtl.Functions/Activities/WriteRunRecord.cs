using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Health;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Activities;

/// <summary>Keeps what a run did in run_data/runs, and that it was a good one.</summary>
public sealed class WriteRunRecord(RunRecords records, LastGoodRuns lastGood, IEnumerable<IRunListener> listeners)
{
    [Function(nameof(WriteRunRecord))]
    public async Task RunAsync([ActivityTrigger] RunResult result, CancellationToken cancellationToken)
    {
        await records.WriteRunAsync(result, cancellationToken);
        await lastGood.NoteAsync(result, cancellationToken);
        foreach (var listener in listeners)
        {
            listener.OnRecorded(result);
        }
    }
}
