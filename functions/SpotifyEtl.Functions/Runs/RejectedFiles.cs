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
    public async Task<RejectedFile> KeepAsync(
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

        return new RejectedFile(file.Name, defect.Reason, defect.Message, LakeKeys.ErrorFor(file));
    }

    private sealed record FileError(
        string RawFile, string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine, string? Sha256);
}
