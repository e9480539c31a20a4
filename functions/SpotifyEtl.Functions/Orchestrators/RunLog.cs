using Microsoft.Extensions.Logging;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Orchestrators;

/// <summary>The workflow's log lines: 1000 to 1099.</summary>
internal static partial class RunLog
{
    [LoggerMessage(
        1000,
        LogLevel.Information,
        "Run {InstanceId} started on {Lake}: {Playlists} playlists and {Sources} other sources to extract, forced {Force}, staged files {Staged}, "
        + "reprocessing {Reprocess}")]
    public static partial void RunStarted(
        ILogger logger, string instanceId, string lake, int playlists, int sources, bool force, bool staged, bool reprocess);

    [LoggerMessage(1002, LogLevel.Information, "Run {InstanceId}: playlist {PlaylistId} {Status}, {Items} items")]
    public static partial void PlaylistEnded(ILogger logger, string instanceId, string playlistId, PlaylistStatus status, int items);

    [LoggerMessage(1003, LogLevel.Information, "Run {InstanceId}: playlist {PlaylistId} waits until {Until:O}, as Spotify asks")]
    public static partial void PlaylistWaits(ILogger logger, string instanceId, string playlistId, DateTimeOffset until);

    [LoggerMessage(1008, LogLevel.Information, "Run {InstanceId}: source {Source} {Status}, {Items} items")]
    public static partial void SourceEnded(ILogger logger, string instanceId, string source, PlaylistStatus status, int items);

    [LoggerMessage(1009, LogLevel.Information, "Run {InstanceId}: source {Source} waits until {Until:O}, as Spotify asks")]
    public static partial void SourceWaits(ILogger logger, string instanceId, string source, DateTimeOffset until);

    [LoggerMessage(1004, LogLevel.Information, "Run {InstanceId}: file {RawFile} transformed, {Songs} songs, {Rejected} rows rejected")]
    public static partial void FileTransformed(ILogger logger, string instanceId, string rawFile, long songs, long rejected);

    [LoggerMessage(1005, LogLevel.Information, "Run {InstanceId}: file {RawFile} set aside, {Reason}")]
    public static partial void FileSetAside(ILogger logger, string instanceId, string rawFile, string reason);

    [LoggerMessage(1006, LogLevel.Information, "Run {InstanceId}: file {RawFile} stays where it is, {Step} failed")]
    public static partial void FileFailed(ILogger logger, string instanceId, string rawFile, string step);

    [LoggerMessage(1007, LogLevel.Information, "Run {InstanceId}: crawler {Crawler} {Status}")]
    public static partial void CrawlerEnded(ILogger logger, string instanceId, string crawler, CrawlStatus status);

    [LoggerMessage(1010, LogLevel.Warning, "{Subject}{Reason} Try {Try} of {Tries} in {WaitSeconds} s.")]
    public static partial void StepRepeated(ILogger logger, string subject, string reason, int @try, int tries, double waitSeconds);

    [LoggerMessage(1011, LogLevel.Error, "Run {InstanceId} failed, and has no record: {Reason}")]
    public static partial void RunBroke(ILogger logger, string instanceId, string reason);

    [LoggerMessage(1001, LogLevel.Information, "Run {InstanceId} ended: {Status}, {Transformed} files transformed, {Rejected} rejected")]
    public static partial void RunEnded(ILogger logger, string instanceId, RunStatus status, int transformed, int rejected);
}
