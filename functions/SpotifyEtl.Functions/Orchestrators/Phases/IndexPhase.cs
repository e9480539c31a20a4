using Microsoft.DurableTask;
using SpotifyEtl.Activities;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Enters the processed files into the index of months, for a run that only builds the typed tables anew.</summary>
internal static class IndexPhase
{
    private const int MaxBatchesAtOnce = 4;

    /// <returns>What was passed over.</returns>
    public static async Task<BatchResult> RunAsync(TaskOrchestrationContext context, RunRequest request, PhaseProgress progress)
    {
        List<Task> running = [];
        List<string> passedOver = [];
        string? after = null;
        do
        {
            var page = await context.CallActivityAsync<RawFilePage>(
                nameof(ListRawFiles),
                new ListRawFilesRequest(after) { RunId = context.InstanceId, Reprocess = request.Reprocess },
                StepRetries.Of(context, "The list of raw files"));
            passedOver.AddRange(page.PassedOver ?? []);
            after = page.Next;
            progress.Expect(page.Names.Count);
            foreach (var names in page.Names.Chunk(ProcessFiles.MaxFiles))
            {
                if (running.Count == MaxBatchesAtOnce)
                {
                    await EndOneAsync();
                }

                running.Add(IndexAsync(names));
            }
        }
        while (after is not null);

        while (running.Count > 0)
        {
            await EndOneAsync();
        }

        return BatchResult.None with { Warnings = passedOver };

        async Task EndOneAsync()
        {
            var first = await Task.WhenAny(running);
            running.Remove(first);
            await first;
        }

        async Task IndexAsync(string[] names)
        {
            await context.CallActivityAsync<int>(
                nameof(IndexTables), new IndexTablesRequest(context.InstanceId, names), StepRetries.Of(context, "The index of the tables"));
            progress.Add(names.Length);
        }
    }
}
