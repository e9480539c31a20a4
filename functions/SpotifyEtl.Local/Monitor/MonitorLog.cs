using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Local.Monitor;

/// <summary>The run monitor's log lines: 2000 to 2099.</summary>
internal static partial class MonitorLog
{
    [LoggerMessage(2000, LogLevel.Information, "Run {RunId}: {Action}, asked for on the run monitor page.")]
    public static partial void ActionAsked(ILogger logger, string runId, string action);

    [LoggerMessage(2001, LogLevel.Warning, "An answer broke off while it was downloaded: {Problem}")]
    public static partial void DownloadBrokeOff(ILogger logger, string problem);
}
