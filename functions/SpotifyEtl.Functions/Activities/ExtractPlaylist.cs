using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Activities;

/// <summary>Keeps one playlist's raw JSON in to_process, unless its snapshot is loaded already. Run twice, it writes the same key.</summary>
public sealed class ExtractPlaylist(PlaylistExtractor extractor, LoadedPlaylists loaded)
{
    [Function(nameof(ExtractPlaylist))]
    public async Task<ExtractPlaylistResult> RunAsync([ActivityTrigger] ExtractPlaylistRequest request, CancellationToken cancellationToken)
    {
        var before = request.Force ? null : await loaded.FindAsync(request.PlaylistId, cancellationToken);
        var outcome = await extractor.ExtractAsync(request.PlaylistId, request.RunStart, before?.SnapshotId, cancellationToken);
        return outcome switch
        {
            { Extracted: { } playlist } => new(
                new PlaylistResult(playlist.PlaylistId, PlaylistStatus.Loaded, playlist.Name, playlist.SnapshotId, playlist.Items, playlist.RawKey, null), null),
            { Unchanged: { } playlist } => new(
                new PlaylistResult(playlist.PlaylistId, PlaylistStatus.Skipped, playlist.Name, playlist.SnapshotId, 0, null, "It has not changed since it was loaded."), null),
            _ => new(null, outcome.DeferredUntil),
        };
    }
}

/// <summary>The playlist, the start of the run that its raw file is named after, and whether to extract it even if it has not changed.</summary>
public sealed record ExtractPlaylistRequest(string PlaylistId, DateTimeOffset RunStart, bool Force);

/// <summary>What became of the playlist, or the time until which Spotify wants to be left alone.</summary>
public sealed record ExtractPlaylistResult(PlaylistResult? Playlist, DateTimeOffset? DeferredUntil);
