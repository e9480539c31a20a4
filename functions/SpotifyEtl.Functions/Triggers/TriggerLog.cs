using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Triggers;

/// <summary>The triggers' log lines: 1100 to 1199.</summary>
internal static partial class TriggerLog
{
    [LoggerMessage(1100, LogLevel.Warning, "Tick of {RunId} passed over: run {LiveRunId} has not ended.")]
    public static partial void TickPassedOver(ILogger logger, string runId, string liveRunId);

    [LoggerMessage(1101, LogLevel.Information, "Tick of {RunId} came twice: it has its run.")]
    public static partial void TickCameTwice(ILogger logger, string runId);

    [LoggerMessage(1102, LogLevel.Information, "{Purged} instances of runs older than {KeepDays} days purged.")]
    public static partial void RunsPurged(ILogger logger, int purged, int keepDays);
}
