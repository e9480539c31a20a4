using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Activities;

/// <summary>
/// Sets a raw file aside, with a file beside it that says why, and writes the file's record. Run twice, it writes the same bytes, the record's time aside.
/// </summary>
public sealed class RejectFile(ILake lake, LoadedPlaylists loaded, SourceBookmarks bookmarks, RejectedFiles rejected)
{
    [Function(nameof(RejectFile))]
    public async Task RunAsync([ActivityTrigger] RejectFileRequest request, CancellationToken cancellationToken)
    {
        RawFileName file = new(request.Name);
        await rejected.KeepAsync(request.RunId, file, request.RawSha256, request.Defect, cancellationToken);
        if (request.Source is RawFileSource.Processed)
        {
            await loaded.ForgetAsync(file, cancellationToken);
            await bookmarks.ForgetAsync(file, cancellationToken);
        }

        await lake.MoveAsync(file.KeyIn(request.Source), file.RejectedKey, request.RawSha256, cancellationToken);
        EtlTelemetry.Files.Add(1, EtlTelemetry.Status(RunMetrics.Rejected));
    }
}

/// <summary>The file, the hash of its bytes, and why it is set aside.</summary>
public sealed record RejectFileRequest(string Name, string RawSha256, FileDefect Defect)
{
    /// <summary>The run for which the file was read; absent in a run that began before it was told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }

    /// <summary>Where the file lies.</summary>
    [JsonPropertyName("reprocess")]
    [JsonConverter(typeof(RawFileSourceJson))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawFileSource Source { get; init; }
}
