using System.Text.Encodings.Web;
using System.Text.Json;
using SpotifyEtl.Lake;
using SpotifyEtl.Payloads;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Runs;

/// <summary>Keeps why raw files are set aside: in a file beside each, and in the file's record.</summary>
public sealed class RejectedFiles(ILake lake, RunRecords records, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_readable = PayloadJson.Configure(
        new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes both. Run twice, it writes the same bytes, the record's time aside.</summary>
    /// <param name="runId">The run for which the file was read; null: it leaves no record.</param>
    /// <param name="file">The file, by the name that it has in rejected.</param>
    /// <param name="rawSha256">The hash of its bytes; null: they cannot be read.</param>
    /// <param name="defect">Why it is set aside.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task KeepAsync(
        string? runId, RawFileName file, string? rawSha256, FileDefect defect, CancellationToken cancellationToken)
    {
        await using (var writer = await lake.CreateAsync(LakeKeys.ErrorFor(file), cancellationToken))
        {
            await JsonSerializer.SerializeAsync(
                writer.Stream,
                new FileError(file.Name, defect.Reason, defect.Message, defect.ByteOffset, defect.Line, defect.BytePositionInLine, rawSha256),
                s_readable,
                cancellationToken);
            await writer.CommitAsync(cancellationToken);
        }

        if (runId is not null)
        {
            await records.WriteFileAsync(runId, FileRecord.Of(runId, file, rawSha256 ?? "", defect, time.GetUtcNow()), cancellationToken);
        }
    }

    /// <summary>The files that have been set aside for a run, the first of them, and how many there are.</summary>
    public async Task<(IReadOnlyList<RejectedFile> Named, int Count)> OfRunAsync(string runId, int mostNamed, CancellationToken cancellationToken)
    {
        List<RejectedFile> named = [];
        var count = 0;
        await foreach (var record in records.ReadFilesAsync(runId, cancellationToken))
        {
            if (record is { Status: FileStatus.Rejected, Reason: { } reason, Message: { } message })
            {
                count++;
                if (named.Count < mostNamed)
                {
                    named.Add(new RejectedFile(record.RawFile, reason, message, LakeKeys.ErrorFor(new RawFileName(record.RawFile))));
                }
            }
        }

        return (named, count);
    }

    /// <summary>The raw files that are set aside now, for whichever run, by their names.</summary>
    public async Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        await foreach (var found in lake.ListAsync(LakeKeys.Rejected, cancellationToken: cancellationToken))
        {
            var name = found.Key[LakeKeys.Rejected.Length..];
            if (!(name.EndsWith(LakeKeys.ErrorExtension, StringComparison.Ordinal) && files.Contains(name[..^LakeKeys.ErrorExtension.Length])))
            {
                files.Add(name);
            }
        }

        return files;
    }

    private sealed record FileError(
        string RawFile, string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine, string? Sha256);
}
