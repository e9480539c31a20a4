using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Notifications;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Counts a run that has ended and tells of it. That it could not be told is a warning, and fails no run.</summary>
internal static class EndPhase
{
    /// <returns>The result, with the warning if there is one.</returns>
    public static async Task<RunResult> RunAsync(TaskOrchestrationContext context, RunRequest request, RunResult result)
    {
        var ended = result.Status is RunStatus.Succeeded
            ? EndedRun.Succeeded(result.RunId, result.StartedAt, result.EndedAt)
            : EndedRun.Failed(result.RunId, result.StartedAt, result.EndedAt, result.Problems);
        if (await RunAsync(context, request, ended, result.Files.Failed) is not { } warning)
        {
            return result;
        }

        var warned = result with { Warnings = [.. result.Warnings ?? [], warning] };
        await KeepAsync(context, warned);
        return warned;
    }

    /// <returns>Why it could not be told; null: it was, or nobody wants to hear.</returns>
    public static async Task<string?> RunAsync(TaskOrchestrationContext context, RunRequest request, EndedRun ended, int filesFailed)
    {
        if (!context.IsReplaying)
        {
            RunMetrics.CountRun(ended.Status is EndedRunStatus.Succeeded, ended.EndedAt - ended.StartedAt, filesFailed);
        }

        if (!request.Notify)
        {
            return null;
        }

        try
        {
            await context.CallActivityAsync(nameof(SendNotification), ended, StepRetries.Of(context, "The notification"));
            return null;
        }
        catch (TaskFailedException failure)
        {
            return $"How this run ended could not be told: {failure.Reason}";
        }
    }

    private static async Task KeepAsync(TaskOrchestrationContext context, RunResult result)
    {
        try
        {
            await context.CallActivityAsync(nameof(WriteRunRecord), result, StepRetries.Of(context, "The run's record"));
        }
        catch (TaskFailedException)
        {
            // A warning that cannot be kept fails no run; it is in the run's output.
        }
    }
}
