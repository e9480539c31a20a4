using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Activities;

/// <summary>
/// Moves a raw file whose tables are written to processed, and notes what is loaded with it: the snapshot, or until when plays are. One that is there
/// already, with the same bytes, is a success.
/// </summary>
public sealed class MoveToProcessed(ILake lake, LoadedPlaylists loaded, SourceBookmarks bookmarks)
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

        if (request.PlayedUntil is { } playedUntil)
        {
            await bookmarks.NoteAsync(file, playedUntil, cancellationToken);
        }
    }
}

/// <summary>The file, the hash of the bytes that were transformed, and the snapshot they hold, if the file is one that a run extracted.</summary>
public sealed record MoveToProcessedRequest(string Name, string RawSha256, string? SnapshotId)
{
    /// <summary>When the newest play in the file was played; absent when the file has none, or no run extracted it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PlayedUntil { get; init; }
}
