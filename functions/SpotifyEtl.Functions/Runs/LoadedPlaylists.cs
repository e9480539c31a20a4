using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Runs;

/// <summary>Which snapshot of a playlist is loaded: the records in run_data/playlists.</summary>
public sealed class LoadedPlaylists(ILake lake)
{
    /// <summary>What is loaded of a playlist, or null when nothing is.</summary>
    public async Task<LoadedPlaylist?> FindAsync(string playlistId, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(LakeKeys.PlaylistRecord(playlistId), cancellationToken);
            return await JsonSerializer.DeserializeAsync<LoadedPlaylist>(stream, RunJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is LakeObjectNotFoundException or JsonException)
        {
            // A record that cannot be read says nothing: the playlist is read again and the record written anew.
            return null;
        }
    }

    /// <summary>Forgets that this file is what is loaded of its playlist, so that the next run extracts the playlist again.</summary>
    public async Task ForgetAsync(RawFileName file, CancellationToken cancellationToken)
    {
        if (file.PlaylistId is { } playlistId && await FindAsync(playlistId, cancellationToken) is { } noted && noted.RawKey == file.ProcessedKey)
        {
            await lake.DeleteAsync(LakeKeys.PlaylistRecord(playlistId), cancellationToken);
        }
    }

    /// <summary>Notes that an extracted file is loaded. An older file than the one noted changes nothing, even if both are noted at once.</summary>
    public async Task NoteAsync(RawFileName file, string snapshotId, CancellationToken cancellationToken)
    {
        if (file is { PlaylistId: { } playlistId, ExtractedAt: { } extractedAt })
        {
            LoadedPlaylist loaded = new(playlistId, snapshotId, extractedAt, file.ProcessedKey);
            await lake.UpdateAsync(
                LakeKeys.PlaylistRecord(playlistId),
                before => before is not null && Parse(before) is { } noted && noted.ExtractedAt > extractedAt
                    ? null
                    : [.. JsonSerializer.SerializeToUtf8Bytes(loaded, RunJson.Options), (byte)'\n'],
                cancellationToken);
        }
    }

    // A record that cannot be read says nothing, and is written anew.
    private static LoadedPlaylist? Parse(byte[] record)
    {
        try
        {
            return JsonSerializer.Deserialize<LoadedPlaylist>(record, RunJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The snapshot of a playlist that is loaded, when it was extracted, and its raw file.</summary>
public sealed record LoadedPlaylist(string PlaylistId, string SnapshotId, DateTimeOffset ExtractedAt, string RawKey);
