using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Errors;
using SpotifyEtl.Notifications;
using SpotifyEtl.Orchestrators.Phases;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators;

/// <summary>
/// One run: extract the playlists and other sources, process what lies in to_process (or, asked to, what is processed already), refresh the crawlers and write
/// the typed tables of the months that are due, check and record it. Asked to, it only builds the typed tables anew.
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
            log,
            context.InstanceId,
            request.Lake,
            request.Playlists.Count,
            request.Sources?.Count ?? 0,
            request.Force,
            request.Staged is not null,
            request.Reprocess is not null);
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
            RunLog.RunBroke(log, context.InstanceId, failure.Reason);
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
        var loaded = request.Reprocess is { Months: true } ? await RebuildMonthsAsync(context, request) : await LoadAsync(context, request, start);
        var mismatches = await VerifyPhase.RunAsync(context, request);
        var result = RunResult.Of(
            context.InstanceId,
            request,
            start,
            context.Now,
            loaded.Extracted,
            loaded.Files with { Warnings = [.. loaded.Files.Warnings ?? [], .. loaded.Months.Warnings, .. RefreshPhase.WarningsOf(loaded.Crawlers)] },
            loaded.Crawlers,
            [.. loaded.Months.Problems, .. mismatches]);
        result = result with { Months = loaded.Months.Written is [] ? null : loaded.Months.Written };
        context.SetCustomStatus(new RunProgress(RunPhase.Record, 0, 1, 0));
        await context.CallActivityAsync(nameof(WriteRunRecord), result, StepRetries.Of(context, "The run's record"));
        return result;
    }

    private static async Task<Loaded> LoadAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        var extracted = await ExtractPhase.RunAsync(context, request, start);
        var (files, processed) = await ProcessPhase.RunAsync(context, request, extracted);
        PhaseProgress progress = new(context, RunPhase.Months, total: 0);
        var monthsWritten = MonthsPhase.RunAsync(context, progress);
        var crawlers = await RefreshPhase.RunAsync(context, request);
        if (!monthsWritten.IsCompleted)
        {
            progress.Show();
        }

        return new Loaded(processed, files, crawlers, await monthsWritten);
    }

    // The CSV stays as it is, and so does what the crawlers know of it.
    private static async Task<Loaded> RebuildMonthsAsync(TaskOrchestrationContext context, RunRequest request)
    {
        PhaseProgress progress = new(context, RunPhase.Months, total: 0);
        var files = await IndexPhase.RunAsync(context, request, progress);
        return new Loaded(ExtractedLists.None, files, [], await MonthsPhase.RunAsync(context, progress));
    }

    private sealed record Loaded(ExtractedLists Extracted, BatchResult Files, IReadOnlyList<CrawlerResult> Crawlers, MonthsOutcome Months);
}
