using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Activities;

/// <summary>
/// Moves a raw file whose tables are written to processed, and notes the snapshot that is loaded with it. One that is there already, with
/// the same bytes, is a success.
/// </summary>
public sealed class MoveToProcessed(ILake lake, LoadedPlaylists loaded)
{
    [Function(nameof(MoveToProcessed))]
    public async Task RunAsync([ActivityTrigger] MoveToProcessedRequest request, CancellationToken cancellationToken)
    {
        RawFileName file = new(request.Name);
        await lake.MoveAsync(file.ToProcessKey, file.ProcessedKey, request.RawSha256, cancellationToken);
        if (request.SnapshotId is { } snapshotId)
        {
            await loaded.NoteAsync(file, snapshotId, cancellationToken);
        }
    }
}

/// <summary>The file, the hash of the bytes that were transformed, and the snapshot they hold, if the file is one that a run extracted.</summary>
public sealed record MoveToProcessedRequest(string Name, string RawSha256, string? SnapshotId);
