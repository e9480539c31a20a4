using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>Settings of the catalog: section <c>Catalog</c>.</summary>
public sealed class CatalogOptions
{
    public const string SectionName = "Catalog";

    /// <summary>The Glue database that holds the tables. Default: spotify_database.</summary>
    public string Database { get; set; } = "spotify_database";

    /// <summary>The crawlers that a run refreshes, comma-separated. Default: spotify_{table}_crawler for each table.</summary>
    public string Crawlers { get; set; } = string.Join(',', Table.All.Select(CrawlerOf));

    /// <summary>The longest wait for one crawler. Default: 30 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a run compares the tables with what it wrote. Default: false; the Local edition sets it for folder lakes, where it costs nothing.</summary>
    public bool VerifyTables { get; set; }

    /// <summary>The names in <see cref="Crawlers"/>.</summary>
    public IReadOnlyList<string> CrawlerNames => Crawlers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The default name of a table's crawler.</summary>
    public static string CrawlerOf(Table table) => $"spotify_{table.Name}_crawler";
}

/// <summary>Stops the start on a catalog setting that is not allowed.</summary>
public sealed class CatalogOptionsValidator : IValidateOptions<CatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogOptions options)
    {
        List<string> errors = [];
        if (string.IsNullOrWhiteSpace(options.Database))
        {
            errors.Add("Catalog__Database is empty; it must be the name of a Glue database, such as spotify_database.");
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1))
        {
            errors.Add($"Catalog__Timeout is {options.Timeout}; it must be more than zero and at most one day, such as 00:30:00.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
