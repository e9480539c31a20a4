using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Activities;

/// <summary>Keeps one playlist's raw JSON in to_process. Run twice, it writes the same key.</summary>
public sealed class ExtractPlaylist(PlaylistExtractor extractor)
{
    [Function(nameof(ExtractPlaylist))]
    public async Task<ExtractPlaylistResult> RunAsync([ActivityTrigger] ExtractPlaylistRequest request, CancellationToken cancellationToken)
    {
        var outcome = await extractor.ExtractAsync(request.PlaylistId, request.RunStart, cancellationToken);
        return outcome.Extracted is { } playlist
            ? new ExtractPlaylistResult(
                new PlaylistResult(playlist.PlaylistId, PlaylistStatus.Loaded, playlist.Name, playlist.SnapshotId, playlist.Items, playlist.RawKey, null), null)
            : new ExtractPlaylistResult(null, outcome.DeferredUntil);
    }
}

/// <summary>The playlist, and the start of the run that its raw file is named after.</summary>
public sealed record ExtractPlaylistRequest(string PlaylistId, DateTimeOffset RunStart);

/// <summary>The playlist as extracted, or the time until which Spotify wants to be left alone.</summary>
public sealed record ExtractPlaylistResult(PlaylistResult? Playlist, DateTimeOffset? DeferredUntil);
