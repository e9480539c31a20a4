using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Activities;

/// <summary>
/// Sets a raw file aside, with a file beside it that says why, and writes the file's record. Run twice, it writes the same bytes, the record's time aside.
/// </summary>
public sealed class RejectFile(ILake lake, LoadedPlaylists loaded, RunRecords records, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_readable = PayloadJson.Configure(
        new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [Function(nameof(RejectFile))]
    public async Task RunAsync([ActivityTrigger] RejectFileRequest request, CancellationToken cancellationToken)
    {
        RawFileName file = new(request.Name);
        await using (var writer = await lake.CreateAsync(LakeKeys.ErrorFor(file), cancellationToken))
        {
            var defect = request.Defect;
            await JsonSerializer.SerializeAsync(
                writer.Stream,
                new FileError(file.Name, defect.Reason, defect.Message, defect.ByteOffset, defect.Line, defect.BytePositionInLine, request.RawSha256),
                s_readable,
                cancellationToken);
            await writer.CommitAsync(cancellationToken);
        }

        // A run that began before the request had its id leaves no record of the file.
        if (request.RunId is { } runId)
        {
            var record = FileRecord.Of(runId, file, request.RawSha256, request.Defect, time.GetUtcNow());
            await records.WriteFileAsync(runId, record, cancellationToken);
        }

        if (request.Source is RawFileSource.Processed)
        {
            await loaded.ForgetAsync(file, cancellationToken);
        }

        await lake.MoveAsync(file.KeyIn(request.Source), file.RejectedKey, request.RawSha256, cancellationToken);
        EtlTelemetry.Files.Add(1, EtlTelemetry.Status(RunMetrics.Rejected));
    }

    private sealed record FileError(
        string RawFile, string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine, string Sha256);
}

/// <summary>The file, the hash of its bytes, and why it is set aside.</summary>
public sealed record RejectFileRequest(string Name, string RawSha256, FileDefect Defect)
{
    /// <summary>The run for which the file was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }

    /// <summary>Where the file lies.</summary>
    [JsonPropertyName("reprocess")]
    [JsonConverter(typeof(RawFileSourceJson))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawFileSource Source { get; init; }
}
