using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Errors;
using SpotifyEtl.Notifications;
using SpotifyEtl.Orchestrators.Phases;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators;

/// <summary>
/// One run: extract the playlists, process what lies in to_process (or, asked to, what is processed already), refresh the crawlers, check and record it.
/// </summary>
public static class RunEtl
{
    [Function(nameof(RunEtl))]
    public static async Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RunRequest>() ?? throw new ArgumentException("RunEtl needs a RunRequest as its input.");
        var log = context.CreateReplaySafeLogger(typeof(RunEtl));
        var start = context.Now;
        RunLog.RunStarted(
            log, context.InstanceId, request.Lake, request.Playlists.Count, request.Force, request.Staged is not null, request.Reprocess is not null);
        RunResult result;
        try
        {
            result = await WorkAsync(context, request, start);
        }
        catch (TaskFailedException failure)
        {
            // A step without which nothing can go on: the run has no record, and is counted and told of all the same.
            await EndPhase.RunAsync(context, request, EndedRun.Failed(context.InstanceId, start, context.Now, [failure.Reason]), filesFailed: 0);
            context.SetCustomStatus(EndedStatus.Failed);
            throw;
        }

        result = await EndPhase.RunAsync(context, request, result);
        context.SetCustomStatus(EndedStatus.Of(result));
        RunLog.RunEnded(log, context.InstanceId, result.Status, result.Files.Transformed, result.Files.Rejected);
        return result.Status is RunStatus.Succeeded
            ? result
            : throw new PermanentEtlException($"Run {context.InstanceId} failed: {string.Join(" ", result.Problems)}");
    }

    private static async Task<RunResult> WorkAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        var extracted = await ExtractPhase.RunAsync(context, request, start);
        var (files, playlists) = await ProcessPhase.RunAsync(context, request, extracted);
        var crawlers = await RefreshPhase.RunAsync(context, request);
        var mismatches = await VerifyPhase.RunAsync(context, request);
        var result = RunResult.Of(context.InstanceId, request, start, context.Now, playlists, files, crawlers, mismatches);
        context.SetCustomStatus(new RunProgress(RunPhase.Record, 0, 1, 0));
        await context.CallActivityAsync(nameof(WriteRunRecord), result, StepRetries.Options);
        return result;
    }
}
