using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Local.Catalog;

internal static partial class CatalogLog
{
    [LoggerMessage(700, LogLevel.Warning, "{Problem}")]
    public static partial void EntryLeftOut(ILogger logger, string problem);

    [LoggerMessage(701, LogLevel.Information, "{Table} was crawled. Files looked at: {Looks}; files that it has: {Files}.")]
    public static partial void Crawled(ILogger logger, string table, int looks, int files);
}
