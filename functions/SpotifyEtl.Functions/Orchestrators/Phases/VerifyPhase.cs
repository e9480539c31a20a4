using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Compares the catalog's tables with what the run wrote, if the run is to.</summary>
internal static class VerifyPhase
{
    /// <returns>A sentence for each table that does not agree.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(TaskOrchestrationContext context, RunRequest request)
    {
        if (!request.VerifyTables)
        {
            return [];
        }

        context.SetCustomStatus(new RunProgress(RunPhase.Verify, 0, 1, 0));
        try
        {
            return await context.CallActivityAsync<IReadOnlyList<string>>(
                nameof(VerifyTables), context.InstanceId, StepRetries.Of(context, "The verification of the tables"));
        }
        catch (TaskFailedException failure)
        {
            return [$"The tables could not be verified: {failure.Reason}"];
        }
    }
}
