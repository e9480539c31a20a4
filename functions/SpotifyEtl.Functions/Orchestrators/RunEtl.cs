using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Activities;
using SpotifyEtl.Errors;
using SpotifyEtl.Runs;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Orchestrators;

/// <summary>One run: extract the playlists, process what lies in to_process (or, asked to, what is processed already), refresh the crawlers, check and record it.</summary>
public static class RunEtl
{
    private const int MaxBatchesAtOnce = 4;

    // Beyond a day the next day's run does the work; and each wait makes the history longer.
    private const int MaxDeferrals = 50;
    private static readonly TimeSpan s_longestDeferral = TimeSpan.FromHours(24);

    [Function(nameof(RunEtl))]
    public static async Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RunRequest>() ?? throw new ArgumentException("RunEtl needs a RunRequest as its input.");
        var log = context.CreateReplaySafeLogger(typeof(RunEtl));
        var start = Now(context);
        RunLog.RunStarted(log, context.InstanceId, request.Lake, request.Playlists.Count, request.Force, request.Staged is not null, request.Reprocess is not null);

        RunResult result;
        try
        {
            result = await WorkAsync(context, request, start);
        }
        catch (TaskFailedException failure)
        {
            // A step without which nothing can go on: the run has no record, and is counted and told of all the same.
            await EndAsync(context, request, RunEnd.Failed(context.InstanceId, start, Now(context), MessageOf(failure)), filesFailed: 0);
            context.SetCustomStatus(EndedStatus.Failed);
            throw;
        }

        if (await EndAsync(context, request, RunEnd.Of(result), result.Files.Failed) is { } warning)
        {
            result = result with { Warnings = [warning] };
            await KeepWarningAsync(context, result);
        }

        context.SetCustomStatus(EndedStatus.Of(result));
        RunLog.RunEnded(log, context.InstanceId, result.Status, result.Files.Transformed, result.Files.Rejected);
        return result.Status is RunStatus.Succeeded
            ? result
            : throw new PermanentEtlException($"Run {context.InstanceId} failed: {string.Join(" ", result.Problems)}");
    }

    private static async Task<RunResult> WorkAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        var playlists = await ExtractAsync(context, request, start);
        var files = await ProcessAsync(context, request);
        var crawlers = await RefreshAsync(context, request);
        var mismatches = await VerifyAsync(context, request);
        var result = Summarize(context, request, start, playlists, files, crawlers, mismatches);

        context.SetCustomStatus(new RunProgress(RunPhase.Record, 0, 1, 0));
        await context.CallActivityAsync(nameof(WriteRunRecord), result, StepRetries.Options);
        return result;
    }

    private static async Task<PlaylistResult[]> ExtractAsync(TaskOrchestrationContext context, RunRequest request, DateTimeOffset start)
    {
        PhaseProgress progress = new(context, RunPhase.Extract, request.Playlists.Count);
        return await Task.WhenAll(request.Playlists.Select(async playlistId =>
        {
            var result = await ExtractOneAsync(context, new ExtractPlaylistRequest(playlistId, start, request.Force), progress);
            progress.Add(failed: result.Status is PlaylistStatus.Failed);
            RunLog.PlaylistEnded(context.CreateReplaySafeLogger(typeof(RunEtl)), context.InstanceId, playlistId, result.Status, result.Items);
            return result;
        }));
    }

    private static async Task<PlaylistResult> ExtractOneAsync(TaskOrchestrationContext context, ExtractPlaylistRequest request, PhaseProgress progress)
    {
        var deferrals = 0;
        DateTimeOffset? deferredUntil = null;
        return await TryAsync() with { Deferrals = deferrals, DeferredUntil = deferredUntil };

        async Task<PlaylistResult> TryAsync()
        {
            try
            {
#pragma warning disable DURABLE0011 // The loop ends after MaxDeferrals waits, which the analyzer does not see.
                while (true)
#pragma warning restore DURABLE0011
                {
                    var extracted = await context.CallActivityAsync<ExtractPlaylistResult>(nameof(ExtractPlaylist), request, StepRetries.Options);
                    if (extracted.DeferredUntil is not { } until)
                    {
                        return extracted.Playlist!;
                    }

                    deferredUntil = until;
                    if (deferrals == MaxDeferrals || until - request.RunStart > s_longestDeferral)
                    {
                        return Failed(
                            $"Spotify asks to wait until {until:u}, and after {deferrals} waits the run waits no longer, nor ever longer than a day: the app's rate limit or quota is used up. "
                            + "Start a run of this playlist after that time; if it stays so, load fewer playlists a day or ask Spotify for more quota.");
                    }

                    deferrals++;
                    progress.BeginWait(until);
                    RunLog.PlaylistWaits(context.CreateReplaySafeLogger(typeof(RunEtl)), context.InstanceId, request.PlaylistId, until);
                    await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
                    progress.EndWait(until);
                }
            }
            catch (TaskFailedException failure)
            {
                return Failed(MessageOf(failure));
            }
        }

        PlaylistResult Failed(string message) => new(request.PlaylistId, PlaylistStatus.Failed, null, null, 0, null, message);
    }

    private static async Task<BatchResult> ProcessAsync(TaskOrchestrationContext context, RunRequest request)
    {
        List<Task<BatchResult>> running = [];
        var sum = BatchResult.None;
        var listed = 0;
        var batches = 0;
        string? after = null;
        do
        {
            var page = await context.CallActivityAsync<RawFilePage>(nameof(ListRawFiles), new ListRawFilesRequest(after) { Reprocess = request.Reprocess }, StepRetries.Options);
            listed += page.Names.Count;
            after = page.Next;
            Report();
            foreach (var names in page.Names.Chunk(ProcessFiles.MaxFiles))
            {
                if (running.Count == MaxBatchesAtOnce)
                {
                    await AddFirstAsync();
                }

                running.Add(context.CallSubOrchestratorAsync<BatchResult>(
                    nameof(ProcessFiles),
                    new FileBatch(context.InstanceId, names) { Reprocess = request.Reprocess is not null },
                    new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:files-{++batches}")));
            }
        }
        while (after is not null);

        while (running.Count > 0)
        {
            await AddFirstAsync();
        }

        return sum;

        async Task AddFirstAsync()
        {
            var first = await Task.WhenAny(running);
            running.Remove(first);
            sum += await first;
            Report();
        }

        void Report()
        {
            var (transformed, rejected, failed) = sum.Files;
            context.SetCustomStatus(new RunProgress(RunPhase.Transform, transformed + rejected + failed, listed, rejected + failed));
        }
    }

    private static async Task<CrawlerResult[]> RefreshAsync(TaskOrchestrationContext context, RunRequest request)
    {
        PhaseProgress progress = new(context, RunPhase.Crawl, request.Crawlers.Count);
        return await Task.WhenAll(request.Crawlers.Select(async crawler =>
        {
            var result = await RefreshOneAsync(context, new RefreshCrawlerRequest(crawler, request.CrawlerTimeout));
            progress.Add(failed: result.Status is CrawlerOutcome.Failed);
            RunLog.CrawlerEnded(context.CreateReplaySafeLogger(typeof(RunEtl)), context.InstanceId, crawler, result.Status);
            return result;
        }));
    }

    private static async Task<CrawlerResult> RefreshOneAsync(TaskOrchestrationContext context, RefreshCrawlerRequest request)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<CrawlerResult>(
                nameof(RefreshCrawler), request, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:crawl:{request.Crawler}"));
        }
        catch (TaskFailedException failure)
        {
            return new CrawlerResult(request.Crawler, CrawlerOutcome.Failed, MessageOf(failure));
        }
    }

    private static async Task<IReadOnlyList<string>> VerifyAsync(TaskOrchestrationContext context, RunRequest request)
    {
        if (!request.VerifyTables)
        {
            return [];
        }

        context.SetCustomStatus(new RunProgress(RunPhase.Verify, 0, 1, 0));
        try
        {
            return await context.CallActivityAsync<IReadOnlyList<string>>(nameof(VerifyTables), context.InstanceId, StepRetries.Options);
        }
        catch (TaskFailedException failure)
        {
            return [$"The tables could not be verified: {MessageOf(failure)}"];
        }
    }

    // Counts a run that has ended and tells of it; gives why it could not be told.
    private static async Task<string?> EndAsync(TaskOrchestrationContext context, RunRequest request, RunEnd end, int filesFailed)
    {
        if (!context.IsReplaying)
        {
            RunMetrics.Count(end, filesFailed);
        }

        if (!request.Notify)
        {
            return null;
        }

        try
        {
            await context.CallActivityAsync(nameof(SendNotification), end, StepRetries.Options);
            return null;
        }
        catch (TaskFailedException failure)
        {
            return $"How this run ended could not be told: {MessageOf(failure)}";
        }
    }

    private static async Task KeepWarningAsync(TaskOrchestrationContext context, RunResult result)
    {
        try
        {
            await context.CallActivityAsync(nameof(WriteRunRecord), result, StepRetries.Options);
        }
        catch (TaskFailedException)
        {
            // A warning that cannot be kept fails no run; it is in the run's output.
        }
    }

    private static string MessageOf(TaskFailedException failure) => failure.FailureDetails?.ErrorMessage ?? failure.Message;

    private static DateTimeOffset Now(TaskOrchestrationContext context) => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    private static RunResult Summarize(
        TaskOrchestrationContext context,
        RunRequest request,
        DateTimeOffset start,
        PlaylistResult[] playlists,
        BatchResult files,
        CrawlerResult[] crawlers,
        IReadOnlyList<string> mismatches)
    {
        List<string> problems =
        [
            .. playlists.Where(playlist => playlist.Status is PlaylistStatus.Failed).Select(playlist => $"Playlist {playlist.PlaylistId}: {playlist.Message}"),
            .. files.Problems,
            .. crawlers.Where(crawler => crawler.Status is CrawlerOutcome.Failed).Select(crawler => $"Crawler {crawler.Name}: {crawler.Message}"),
            .. mismatches,
        ];
        return new RunResult
        {
            RunId = context.InstanceId,
            Status = problems.Count == 0 ? RunStatus.Succeeded : RunStatus.Failed,
            StartedAt = start,
            EndedAt = Now(context),
            Reprocess = request.Reprocess,
            Playlists = playlists,
            Files = files.Files,
            Rows = files.Rows,
            Crawlers = crawlers,
            Problems = problems,
        };
    }
}
