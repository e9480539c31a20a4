using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Activities;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Orchestrators;

/// <summary>
/// Transforms each raw file of a batch and moves it on. A bad file is set aside; a file whose step failed stays where it is; neither stops the others.
/// </summary>
public static class ProcessFiles
{
    /// <summary>The most files of one batch.</summary>
    public const int MaxFiles = 50;

    [Function(nameof(ProcessFiles))]
    public static async Task<BatchResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var batch = context.GetInput<FileBatch>() ?? throw new ArgumentException("ProcessFiles needs a FileBatch as its input.");
        var log = context.CreateReplaySafeLogger(typeof(ProcessFiles));
        var files = batch.Names.Select(name => new RawFileName(name)).ToList();
        var newest = files.GroupBy(file => file.PlaylistId ?? "", StringComparer.Ordinal)
            .ToDictionary(playlist => playlist.Key, playlist => playlist.Max(file => file.ExtractedAt), StringComparer.Ordinal);
        var results = await Task.WhenAll(files.Select(
            file => ProcessAsync(context, batch, file, isNewest: newest[file.PlaylistId ?? ""] == file.ExtractedAt, log)));
        var sum = results.Aggregate(BatchResult.None, (sum, result) => sum + result);
        context.SetCustomStatus(EndedStatus.Of(sum));
        return sum;
    }

    private static async Task<BatchResult> ProcessAsync(
        TaskOrchestrationContext context, FileBatch batch, RawFileName file, bool isNewest, ILogger log)
    {
        try
        {
            var transformed = await context.CallActivityAsync<TransformFileResult>(
                nameof(TransformFile),
                new TransformFileRequest(batch.RunId, file.Name) { Source = batch.Source },
                StepRetries.Of(context, $"File {file.Name}"));
            switch (transformed.Status)
            {
                case TransformStatus.Transformed:
                    // Of a playlist's files the newest tells what is loaded: the others need not say it before.
                    await MoveOnAsync(context, batch, file, isNewest ? transformed : transformed with { SnapshotId = null });
                    RunLog.FileTransformed(log, batch.RunId, file.Name, transformed.Rows[Table.Song], transformed.Rows[Table.Rejected]);
                    return BatchResult.Transformed(
                        transformed.Rows,
                        transformed.Extent is { } extent ? $"{file.Name} holds {extent}: the playlist's other rows are not in it." : null);
                case TransformStatus.Rejected:
                    var defect = transformed.Defect!;
                    await context.CallActivityAsync(
                        nameof(RejectFile),
                        new RejectFileRequest(file.Name, transformed.RawSha256!, defect) { RunId = batch.RunId, Source = batch.Source },
                        StepRetries.Of(context, $"File {file.Name}"));
                    RunLog.FileSetAside(log, batch.RunId, file.Name, defect.Reason);
                    return BatchResult.SetAside(new RejectedFile(file.Name, defect.Reason, defect.Message, LakeKeys.ErrorFor(file)));
                default:
                    return BatchResult.None;
            }
        }
        catch (TaskFailedException failure)
        {
            RunLog.FileFailed(log, batch.RunId, file.Name, failure.TaskName);
            return BatchResult.Failed($"File {file.KeyIn(batch.Source)} stays there: {failure.TaskName}: {failure.Reason}");
        }
    }

    private static Task MoveOnAsync(TaskOrchestrationContext context, FileBatch batch, RawFileName file, TransformFileResult transformed) =>
        batch.Source is RawFileSource.Processed
            ? Task.CompletedTask
            : context.CallActivityAsync(
                nameof(MoveToProcessed),
                new MoveToProcessedRequest(file.Name, transformed.RawSha256!, transformed.SnapshotId) { PlayedUntil = transformed.PlayedUntil },
                StepRetries.Of(context, $"File {file.Name}"));
}
