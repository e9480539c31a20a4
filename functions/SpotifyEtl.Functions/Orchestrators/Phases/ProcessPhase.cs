using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Processes the raw files that wait, in batches, a few at a time; the run's own history has a line a batch and not a line a file.</summary>
internal static class ProcessPhase
{
    private const int MaxBatchesAtOnce = 4;

    /// <returns>The sum of the batches, and what was extracted: that whose raw file was set aside has failed.</returns>
    public static async Task<(BatchResult Files, ExtractedLists Extracted)> RunAsync(
        TaskOrchestrationContext context, RunRequest request, ExtractedLists extracted)
    {
        var extractedKeys = extracted.RawKeys.ToHashSet(StringComparer.Ordinal);
        Dictionary<string, RejectedFile> lost = new(StringComparer.Ordinal);
        List<Task<BatchResult>> running = [];
        var sum = BatchResult.None;
        var listed = 0;
        var batches = 0;
        string? after = null;
        do
        {
            var page = await context.CallActivityAsync<RawFilePage>(
                nameof(ListRawFiles),
                new ListRawFilesRequest(after) { RunId = context.InstanceId, Reprocess = request.Reprocess },
                StepRetries.Of(context, "The list of raw files"));
            listed += page.Names.Count + page.RejectedCount;
            sum += BatchResult.None with
            {
                Files = FileCounts.None with { Rejected = page.RejectedCount },
                Rejected = page.Rejected,
                Warnings = [.. (page.Renamed ?? []).Select(renamed => renamed.ToString()), .. page.PassedOver ?? []],
            };
            after = page.Next;
            Show();
            foreach (var names in page.Names.Chunk(ProcessFiles.MaxFiles))
            {
                if (running.Count == MaxBatchesAtOnce)
                {
                    await AddFirstAsync();
                }

                running.Add(StartBatch(context, request, names, ++batches));
            }
        }
        while (after is not null);

        while (running.Count > 0)
        {
            await AddFirstAsync();
        }

        return (sum, extracted.Without(lost));

        async Task AddFirstAsync()
        {
            var first = await Task.WhenAny(running);
            running.Remove(first);
            var batch = await first;
            sum += batch;
            foreach (var rejected in batch.Rejected ?? [])
            {
                var key = new RawFileName(rejected.File).ToProcessKey;
                if (extractedKeys.Contains(key))
                {
                    lost[key] = rejected;
                }
            }

            Show();
        }

        void Show() => context.SetCustomStatus(
            new RunProgress(RunPhase.Transform, sum.Files.Ended, listed, sum.Files.Rejected + sum.Files.Failed));
    }

    private static Task<BatchResult> StartBatch(TaskOrchestrationContext context, RunRequest request, IReadOnlyList<string> names, int number) =>
        context.CallSubOrchestratorAsync<BatchResult>(
            nameof(ProcessFiles),
            new FileBatch(context.InstanceId, names) { Source = request.Reprocess is null ? RawFileSource.ToProcess : RawFileSource.Processed },
            new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:files-{number}"));
}
