using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Runs;

/// <summary>How far what users have played is loaded: the records in run_data/sources, each called as the raw files of its source and user are.</summary>
public sealed class SourceBookmarks(LakeRecords records)
{
    private const string RecentlyPlayed = "me/player/recently-played";

    /// <summary>How far a source is loaded, or null when nothing of it is.</summary>
    public Task<SourceBookmark?> FindAsync(string rawName, CancellationToken cancellationToken) =>
        records.FindAsync<SourceBookmark>(LakeKeys.SourceBookmark(rawName), cancellationToken);

    /// <summary>Notes that an extracted file is loaded, of what was played recently. It never goes back, even if two files are noted at once.</summary>
    public async Task NoteAsync(RawFileName file, DateTimeOffset playedUntil, CancellationToken cancellationToken)
    {
        if (file is { PlaylistId: { } rawName, ExtractedAt: { } extractedAt } && SourceId.IsRecentlyPlayed(rawName))
        {
            await records.UpdateAsync<SourceBookmark>(
                LakeKeys.SourceBookmark(rawName),
                noted => noted?.PlayedUntil >= playedUntil ? null : new SourceBookmark(RecentlyPlayed, playedUntil, extractedAt, file.ProcessedKey),
                cancellationToken);
        }
    }

    /// <summary>Forgets how far a source is loaded, if it is this file that says so: the next run reads all that Spotify still has.</summary>
    public async Task ForgetAsync(RawFileName file, CancellationToken cancellationToken)
    {
        if (file.PlaylistId is { } rawName && SourceId.IsRecentlyPlayed(rawName)
            && await FindAsync(rawName, cancellationToken) is { } noted && noted.RawKey == file.ProcessedKey)
        {
            await records.DeleteAsync(LakeKeys.SourceBookmark(rawName), cancellationToken);
        }
    }
}
