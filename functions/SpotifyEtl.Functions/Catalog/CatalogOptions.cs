using SpotifyEtl.Settings;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>Settings of the catalog: section <c>Catalog</c>.</summary>
public sealed class CatalogOptions : ISettings
{
    public static string SectionName => "Catalog";

    /// <summary>The Glue database that holds the tables. Default: spotify_database.</summary>
    [Setting("text", "the Glue database that holds the tables, and the name by which SQL may qualify them")]
    public string Database { get; set; } = "spotify_database";

    /// <summary>The crawlers that a run refreshes, comma-separated. Default: spotify_{table}_crawler for each table that has one.</summary>
    [Setting("list", "which crawlers a run refreshes, with commas between them; `,`: none", Default = "`spotify_{table}_crawler` of each table")]
    public string Crawlers { get; set; } = string.Join(',', Table.Crawled.Select(CrawlerOf));

    /// <summary>The longest wait for one crawler. Default: 30 minutes.</summary>
    [Setting("time", "the longest wait for one crawler", Allowed = "a time such as 00:30:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whether a run compares the tables with what it wrote. Default: false; the Local edition sets it for folder lakes, where it costs nothing.
    /// </summary>
    [Setting("bool", "whether a run compares the catalog with what it wrote", Allowed = "true or false", Default = "`true` for a folder, `false` on S3")]
    public bool VerifyTables { get; set; }

    /// <summary>The names in <see cref="Crawlers"/>.</summary>
    public IReadOnlyList<string> CrawlerNames => Crawlers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The default name of a table's crawler.</summary>
    public static string CrawlerOf(Table table) => $"spotify_{table.Name}_crawler";

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Database))
        {
            yield return "Catalog__Database is empty; it must be the name of a Glue database, such as spotify_database.";
        }

        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(1))
        {
            yield return $"Catalog__Timeout is {Timeout}; it must be more than zero and at most one day, such as 00:30:00.";
        }
    }
}
