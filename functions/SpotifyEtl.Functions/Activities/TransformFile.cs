using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Analytics;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Activities;

/// <summary>Writes a raw file's tables and the file's record. Run twice, it writes the same bytes, the record's times aside.</summary>
public sealed class TransformFile(RawFileTransformer transformer, ILake lake, FileMonths months, RunRecords records, TimeProvider time)
{
    [Function(nameof(TransformFile))]
    public async Task<TransformFileResult> RunAsync([ActivityTrigger] TransformFileRequest request, CancellationToken cancellationToken)
    {
        RawFileName file = new(request.Name);
        var startedAt = time.GetUtcNow();
        var start = time.GetTimestamp();
        TransformOutcome outcome;
        var before = await months.MarkAsync(request.RunId, file, cancellationToken);
        try
        {
            outcome = await transformer.TransformAsync(file.KeyIn(request.Source), cancellationToken);
        }
        catch (LakeObjectNotFoundException)
        {
            if (await IsDoneAsync(file, request.Source, cancellationToken))
            {
                return new TransformFileResult(TransformStatus.Gone, null, null, RowCounts.None, null);
            }

            throw;
        }

        if (outcome is Transformed transformed)
        {
            var now = FileMonths.Of(transformed);
            var record = FileRecord.Of(request.RunId, file, transformed, startedAt, time.GetElapsedTime(start)) with
            {
                Months = [.. now.Select(month => month.Month)],
            };
            await Task.WhenAll(
                records.WriteFileAsync(request.RunId, record, cancellationToken),
                months.SettleAsync(request.RunId, file, before, now, cancellationToken));
            RunMetrics.Count(record);
            // Only a file that a run extracted tells what is loaded of a playlist; a staged one may be anything.
            var snapshotId = request.Source is RawFileSource.ToProcess && transformed.SnapshotId.Length > 0 && transformed.PlaylistId == file.PlaylistId
                ? transformed.SnapshotId
                : null;
            return new TransformFileResult(TransformStatus.Transformed, record.RawSha256, snapshotId, record.Rows, null)
            {
                Extent = transformed.Extent,
                PlayedUntil = request.Source is RawFileSource.ToProcess ? transformed.PlayedUntil : null,
            };
        }

        var defective = (Defective)outcome;
        await months.SettleAsync(request.RunId, file, before, now: [], cancellationToken);
        return new TransformFileResult(TransformStatus.Rejected, defective.RawSha256, null, RowCounts.None, defective.Defect);
    }

    // Another run of the same lake may have been faster.
    private async Task<bool> IsDoneAsync(RawFileName file, RawFileSource source, CancellationToken cancellationToken) =>
        (source is RawFileSource.ToProcess && await lake.FindAsync(file.ProcessedKey, cancellationToken) is not null)
            || await lake.FindAsync(file.RejectedKey, cancellationToken) is not null;
}

/// <summary>The raw file, by name, and the run it is transformed for.</summary>
public sealed record TransformFileRequest(string RunId, string Name)
{
    /// <summary>Where the file lies.</summary>
    [JsonPropertyName("reprocess")]
    [JsonConverter(typeof(RawFileSourceJson))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawFileSource Source { get; init; }
}

/// <summary>What became of the file. The hash is of its raw bytes; the snapshot is that of the playlist, if a run extracted the file.</summary>
public sealed record TransformFileResult(TransformStatus Status, string? RawSha256, string? SnapshotId, RowCounts Rows, FileDefect? Defect)
{
    /// <summary>What the file has of a playlist of which it has not all, such as <c>rows 1-100 of 351</c>; absent when it has all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Extent { get; init; }

    /// <summary>When the newest play in the file was played; absent when it has none, or is transformed again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PlayedUntil { get; init; }
}

/// <summary>What the transform made of a raw file.</summary>
public enum TransformStatus
{
    /// <summary>Its tables are written.</summary>
    Transformed,

    /// <summary>It cannot be loaded and is to be set aside.</summary>
    Rejected,

    /// <summary>Another run has processed it meanwhile.</summary>
    Gone,
}
