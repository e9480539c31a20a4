using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Health;

/// <summary>The log lines of health: 1200 to 1299.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(1200, LogLevel.Warning, "The time of the last good run is not known: the lake could not be read. It is looked for again in a minute.")]
    public static partial void FreshnessUnknown(ILogger logger, Exception exception);
}
