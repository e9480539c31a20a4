using System.Runtime.CompilerServices;
using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Runs;

/// <summary>The records that runs leave in the lake, each one line of JSON, so that crawlers can read them too.</summary>
public sealed class RunRecords(ILake lake)
{
    public Task WriteRunAsync(RunResult result, CancellationToken cancellationToken) => WriteAsync(LakeKeys.RunRecord(result.RunId), result, cancellationToken);

    /// <summary>A run's record, or null when it has none (yet).</summary>
    public async Task<RunResult?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync<RunResult>(LakeKeys.RunRecord(runId), cancellationToken);
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
    }

    public Task WriteFileAsync(string runId, FileRecord record, CancellationToken cancellationToken) =>
        WriteAsync(LakeKeys.FileRecord(runId, new RawFileName(record.RawFile)), record, cancellationToken);

    /// <summary>The records of the files that a run transformed.</summary>
    public async IAsyncEnumerable<FileRecord> ReadFilesAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in lake.ListAsync($"{LakeKeys.Files}{runId}/", cancellationToken: cancellationToken))
        {
            yield return await ReadAsync<FileRecord>(found.Key, cancellationToken);
        }
    }

    private async Task<T> ReadAsync<T>(string key, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(key, cancellationToken);
        return await JsonSerializer.DeserializeAsync<T>(stream, RunJson.Options, cancellationToken)
            ?? throw new JsonException($"The record {key} holds nothing.");
    }

    private async Task WriteAsync<T>(string key, T record, CancellationToken cancellationToken)
    {
        await using var writer = await lake.CreateAsync(key, cancellationToken);
        await JsonSerializer.SerializeAsync(writer.Stream, record, RunJson.Options, cancellationToken);
        writer.Stream.WriteByte((byte)'\n');
        await writer.CommitAsync(cancellationToken);
    }
}
