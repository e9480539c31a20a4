using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Activities;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Orchestrators;

/// <summary>Transforms each raw file of a batch and moves it on. A bad file is set aside; a file whose step failed stays where it is; neither stops the others.</summary>
public static class ProcessFiles
{
    /// <summary>The most files of one batch.</summary>
    public const int MaxFiles = 50;

    [Function(nameof(ProcessFiles))]
    public static async Task<BatchResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var batch = context.GetInput<FileBatch>() ?? throw new ArgumentException("ProcessFiles needs a FileBatch as its input.");
        var log = context.CreateReplaySafeLogger(typeof(ProcessFiles));
        var results = await Task.WhenAll(batch.Names.Select(name => ProcessAsync(context, batch, new RawFileName(name), log)));
        var sum = results.Aggregate(BatchResult.None, (sum, result) => sum + result);
        context.SetCustomStatus(EndedStatus.Of(sum));
        return sum;
    }

    private static async Task<BatchResult> ProcessAsync(TaskOrchestrationContext context, FileBatch batch, RawFileName file, ILogger log)
    {
        try
        {
            var transformed = await context.CallActivityAsync<TransformFileResult>(
                nameof(TransformFile), new TransformFileRequest(batch.RunId, file.Name) { Reprocess = batch.Reprocess }, StepRetries.Options);
            switch (transformed.Status)
            {
                case TransformStatus.Transformed when batch.Reprocess:
                    RunLog.FileTransformed(log, batch.RunId, file.Name, transformed.Rows[Table.Song], transformed.Rows[Table.Rejected]);
                    return new BatchResult(new FileCounts(1, 0, 0), transformed.Rows, []);
                case TransformStatus.Transformed:
                    await context.CallActivityAsync(
                        nameof(MoveToProcessed), new MoveToProcessedRequest(file.Name, transformed.RawSha256!, transformed.SnapshotId), StepRetries.Options);
                    RunLog.FileTransformed(log, batch.RunId, file.Name, transformed.Rows[Table.Song], transformed.Rows[Table.Rejected]);
                    return new BatchResult(new FileCounts(1, 0, 0), transformed.Rows, []);
                case TransformStatus.Rejected:
                    await context.CallActivityAsync(
                        nameof(RejectFile),
                        new RejectFileRequest(file.Name, transformed.RawSha256!, transformed.Defect!) { Reprocess = batch.Reprocess },
                        StepRetries.Options);
                    RunLog.FileSetAside(log, batch.RunId, file.Name, transformed.Defect!.Reason);
                    return new BatchResult(new FileCounts(0, 1, 0), RowCounts.None, []);
                default:
                    return BatchResult.None;
            }
        }
        catch (TaskFailedException failure)
        {
            var reason = failure.FailureDetails?.ErrorMessage ?? failure.Message;
            RunLog.FileFailed(log, batch.RunId, file.Name, failure.TaskName);
            return new BatchResult(new FileCounts(0, 0, 1), RowCounts.None, [$"File {file.SourceKey(batch.Reprocess)} stays there: {failure.TaskName}: {reason}"]);
        }
    }
}

/// <summary>Raw files, by name, to be processed for a run.</summary>
public sealed record FileBatch(string RunId, IReadOnlyList<string> Names)
{
    /// <summary>Whether the files lie in processed, to be transformed again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reprocess { get; init; }
}
