using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Spotify;

/// <summary>The log events of the extraction: 100 to 199.</summary>
internal static partial class SpotifyLog
{
    [LoggerMessage(100, LogLevel.Information, "Playlist {PlaylistId} extracted to {RawKey}: {Items} items, snapshot {SnapshotId}")]
    public static partial void PlaylistExtracted(this ILogger logger, string playlistId, string rawKey, int items, string? snapshotId);

    [LoggerMessage(101, LogLevel.Warning, "{Source}: Spotify asks to wait {WaitSeconds:0} s. Next try at {Until:yyyy-MM-dd HH:mm:ss} UTC.")]
    public static partial void Deferred(this ILogger logger, string source, DateTimeOffset until, double waitSeconds);

    [LoggerMessage(102, LogLevel.Debug, "Playlist {PlaylistId}: {Endpoint} refused with {Answer}, other endpoint tried")]
    public static partial void OtherEndpointTried(this ILogger logger, string playlistId, Uri endpoint, string answer);

    [LoggerMessage(103, LogLevel.Information, "Playlist {PlaylistId} not read: its snapshot {SnapshotId} is loaded already")]
    public static partial void PlaylistUnchanged(this ILogger logger, string playlistId, string snapshotId);

    [LoggerMessage(104, LogLevel.Warning, "GET {Endpoint}: {Reason} Try {Try} of {Tries} in {WaitSeconds:0.0} s.")]
    public static partial void RequestRepeated(this ILogger logger, Uri endpoint, string reason, int @try, int tries, double waitSeconds);

    [LoggerMessage(
        105,
        LogLevel.Warning,
        "GET {Endpoint}: Spotify limits the rate and asks to wait {WaitSeconds:0.#} s. No request is made for {PauseSeconds:0.0} s.")]
    public static partial void RateLimited(this ILogger logger, Uri endpoint, double waitSeconds, double pauseSeconds);

    [LoggerMessage(106, LogLevel.Information, "{Endpoint} refused the token, which is renewed")]
    public static partial void TokenRefused(this ILogger logger, Uri endpoint);

    [LoggerMessage(107, LogLevel.Warning, "The authorization of {AuthorizedAt:yyyy-MM-dd} ends on {End:yyyy-MM-dd}: run 'spotify-etl authorize' before that")]
    public static partial void AuthorizationEnds(this ILogger logger, DateTimeOffset authorizedAt, DateTimeOffset end);

    [LoggerMessage(108, LogLevel.Warning, "{Source} read anew: {Reason}")]
    public static partial void ReadAnew(this ILogger logger, string source, string reason);

    [LoggerMessage(
        109,
        LogLevel.Warning,
        "Spotify replaced the refresh token, and only this process knows the new one: run 'spotify-etl authorize' and set Spotify__RefreshToken "
        + "to the token that it gives, before the app is next started")]
    public static partial void RefreshTokenNotKept(this ILogger logger);

    [LoggerMessage(110, LogLevel.Information, "Spotify replaced the refresh token, and the new one is in the settings")]
    public static partial void RefreshTokenKept(this ILogger logger);

    [LoggerMessage(111, LogLevel.Warning, "The new refresh token could not be kept: {Reason}")]
    public static partial void RefreshTokenNotWritten(this ILogger logger, string reason);

    [LoggerMessage(112, LogLevel.Information, "Source {Source} {Status}: {RawKey}, {Items} items")]
    public static partial void SourceExtracted(this ILogger logger, string source, PlaylistStatus status, string? rawKey, int items);
}
