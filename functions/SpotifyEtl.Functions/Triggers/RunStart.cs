using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>Starts a run under an id that no run has had.</summary>
internal static class RunStart
{
    // Every status: an ended run's record and history must not be overwritten by another run of its id.
    private static readonly OrchestrationRuntimeStatus[] s_any =
    [
        .. LiveRuns.Statuses, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <returns>False when there is a run of that id, in whatever status.</returns>
    public static async Task<bool> TryAsync(DurableTaskClient client, string runId, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var options = new StartOrchestrationOptions(runId).WithDedupeStatuses(s_any);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunEtl), request, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
