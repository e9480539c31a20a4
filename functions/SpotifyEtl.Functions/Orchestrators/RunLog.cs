using Microsoft.Extensions.Logging;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators;

/// <summary>The workflow's log lines: 1000 to 1099.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1000, LogLevel.Information, "Run {InstanceId} started: {Playlists} playlists to extract.")]
    public static partial void RunStarted(ILogger logger, string instanceId, int playlists);

    [LoggerMessage(1001, LogLevel.Information, "Run {InstanceId} ended: {Status}, {Transformed} files transformed, {Rejected} rejected.")]
    public static partial void RunEnded(ILogger logger, string instanceId, RunStatus status, int transformed, int rejected);
}
