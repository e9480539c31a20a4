using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Local.Catalog;

internal static partial class CatalogLog
{
    [LoggerMessage(700, LogLevel.Warning, "{Problem}")]
    public static partial void EntryLeftOut(ILogger logger, string problem);
}
