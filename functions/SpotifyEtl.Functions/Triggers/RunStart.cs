using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>Starts a run under an id that no run has had.</summary>
internal static class RunStart
{
    /// <returns>False when there is a run of that id, in whatever status.</returns>
    public static async Task<bool> TryAsync(DurableTaskClient client, string runId, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // Every status: an ended run's record and history must not be overwritten by another run of its id.
            var options = new StartOrchestrationOptions(runId).WithDedupeStatuses(LiveRuns.AllStatuses);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunEtl), request, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
