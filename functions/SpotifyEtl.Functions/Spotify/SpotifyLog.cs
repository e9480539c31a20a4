using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Spotify;

/// <summary>The log events of the extraction: 100 to 199.</summary>
internal static partial class SpotifyLog
{
    [LoggerMessage(100, LogLevel.Information, "Playlist {PlaylistId} extracted to {RawKey}: {Items} items, snapshot {SnapshotId}")]
    public static partial void PlaylistExtracted(this ILogger logger, string playlistId, string rawKey, int items, string? snapshotId);

    [LoggerMessage(101, LogLevel.Warning, "Playlist {PlaylistId} deferred until {Until:O}: Spotify asks to wait {WaitSeconds} s")]
    public static partial void PlaylistDeferred(this ILogger logger, string playlistId, DateTimeOffset until, double waitSeconds);

    [LoggerMessage(102, LogLevel.Debug, "Playlist {PlaylistId}: {Endpoint} refused with {Answer}, other endpoint tried")]
    public static partial void OtherEndpointTried(this ILogger logger, string playlistId, Uri endpoint, string answer);

    [LoggerMessage(103, LogLevel.Information, "Playlist {PlaylistId} not read: its snapshot {SnapshotId} is loaded already")]
    public static partial void PlaylistUnchanged(this ILogger logger, string playlistId, string snapshotId);
}
