using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Lake.Records;

/// <summary>The log lines of records: 1400 to 1499.</summary>
internal static partial class RecordLog
{
    [LoggerMessage(1400, LogLevel.Warning, "{Problem}")]
    public static partial void LeftOut(ILogger logger, string problem);
}
