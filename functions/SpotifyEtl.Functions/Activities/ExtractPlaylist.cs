using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Activities;

/// <summary>Keeps one playlist's raw JSON in to_process, unless its snapshot is loaded already. Run twice, it writes the same key.</summary>
public sealed class ExtractPlaylist(PlaylistExtractor extractor, LoadedPlaylists loaded)
{
    [Function(nameof(ExtractPlaylist))]
    public async Task<ExtractOutcome> RunAsync([ActivityTrigger] ExtractPlaylistRequest request, CancellationToken cancellationToken)
    {
        var loadedBefore = request.Force ? null : await loaded.FindAsync(request.PlaylistId, cancellationToken);
        return await extractor.ExtractAsync(request.PlaylistId, request.RunStart, loadedBefore?.SnapshotId, cancellationToken);
    }
}

/// <summary>The playlist, the start of the run that its raw file is named after, and whether to extract it even if it has not changed.</summary>
public sealed record ExtractPlaylistRequest(string PlaylistId, DateTimeOffset RunStart, bool Force);
