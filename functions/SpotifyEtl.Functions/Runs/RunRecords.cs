using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;

namespace SpotifyEtl.Runs;

/// <summary>The records of runs and of the files that they transformed.</summary>
public sealed class RunRecords(LakeRecords records)
{
    public Task WriteRunAsync(RunResult result, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.RunRecord(result.RunId), result, cancellationToken);

    /// <summary>A run's record, or null when it has none (yet).</summary>
    public async Task<RunResult?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await records.ReadAsync<RunResult>(LakeKeys.RunRecord(runId), cancellationToken);
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
    }

    public Task WriteFileAsync(string runId, FileRecord record, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.FileRecord(runId, new RawFileName(record.RawFile)), record, cancellationToken);

    /// <summary>The records of the files that a run transformed.</summary>
    public IAsyncEnumerable<FileRecord> ReadFilesAsync(string runId, CancellationToken cancellationToken) =>
        records.ReadAllAsync<FileRecord>($"{LakeKeys.Files}{runId}/", cancellationToken);
}
