using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;

namespace SpotifyEtl.Runs;

/// <summary>The records of runs and of the files that they transformed.</summary>
public sealed class RunRecords(LakeRecords records)
{
    private const string IdField = "runId";

    public Task WriteRunAsync(RunResult result, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.RunRecord(result.RunId), result, cancellationToken);

    /// <summary>A run's record, or null when it has none (yet), or one that cannot be read, of which the log tells.</summary>
    public Task<RunResult?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        records.FindAsync<RunResult>(LakeKeys.RunRecord(runId), cancellationToken);

    /// <summary>A run's record, and what is wrong with one that cannot be read.</summary>
    public Task<FoundRecord<RunResult>> LookAtRunAsync(string runId, CancellationToken cancellationToken) =>
        records.LookAsync<RunResult>(LakeKeys.RunRecord(runId), cancellationToken);

    public Task WriteFileAsync(string runId, FileRecord record, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.FileRecord(runId, new RawFileName(record.RawFile)), record, cancellationToken);

    /// <summary>The records of the files that a run transformed, those that can be read.</summary>
    public IAsyncEnumerable<FileRecord> ReadFilesAsync(string runId, CancellationToken cancellationToken) =>
        records.ReadAllAsync<FileRecord>($"{LakeKeys.Files}{runId}/", cancellationToken);

    /// <summary>The records of all runs as they stand in the lake, those of earlier versions too.</summary>
    public IAsyncEnumerable<string> ReadRunTextsAsync(CancellationToken cancellationToken) =>
        records.ReadTextsAsync<RunResult>(LakeKeys.Runs, IdField, cancellationToken);

    /// <summary>The records of all files as they stand in the lake, those of earlier versions too.</summary>
    public IAsyncEnumerable<string> ReadFileTextsAsync(CancellationToken cancellationToken) =>
        records.ReadTextsAsync<FileRecord>(LakeKeys.Files, IdField, cancellationToken);

    /// <summary>What is wrong with the records of runs and files that cannot be read.</summary>
    public IAsyncEnumerable<string> FindProblemsAsync(CancellationToken cancellationToken) => records
        .FindProblemsAsync<RunResult>(LakeKeys.Runs, IdField, cancellationToken)
        .Concat(records.FindProblemsAsync<FileRecord>(LakeKeys.Files, IdField, cancellationToken));
}
