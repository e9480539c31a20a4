using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;

namespace SpotifyEtl.Runs;

/// <summary>Which snapshot of a playlist is loaded: the records in run_data/playlists.</summary>
public sealed class LoadedPlaylists(LakeRecords records)
{
    /// <summary>What is loaded of a playlist, or null when nothing is.</summary>
    public Task<LoadedPlaylist?> FindAsync(string playlistId, CancellationToken cancellationToken) =>
        records.FindAsync<LoadedPlaylist>(LakeKeys.PlaylistRecord(playlistId), cancellationToken);

    /// <summary>Forgets that this file is what is loaded of its playlist, so that the next run extracts the playlist again.</summary>
    public async Task ForgetAsync(RawFileName file, CancellationToken cancellationToken)
    {
        if (file.PlaylistId is { } playlistId && await FindAsync(playlistId, cancellationToken) is { } noted && noted.RawKey == file.ProcessedKey)
        {
            await records.DeleteAsync(LakeKeys.PlaylistRecord(playlistId), cancellationToken);
        }
    }

    /// <summary>Notes that an extracted file is loaded. An older file than the one noted changes nothing, even if both are noted at once.</summary>
    public async Task NoteAsync(RawFileName file, string snapshotId, CancellationToken cancellationToken)
    {
        if (file is { PlaylistId: { } playlistId, ExtractedAt: { } extractedAt })
        {
            await records.UpdateAsync<LoadedPlaylist>(
                LakeKeys.PlaylistRecord(playlistId),
                noted => noted?.ExtractedAt > extractedAt ? null : new LoadedPlaylist(playlistId, snapshotId, extractedAt, file.ProcessedKey),
                cancellationToken);
        }
    }
}

/// <summary>The snapshot of a playlist that is loaded, when it was extracted, and its raw file.</summary>
public sealed record LoadedPlaylist(string PlaylistId, string SnapshotId, DateTimeOffset ExtractedAt, string RawKey);
