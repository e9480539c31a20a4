using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>
/// What a folder lake tells of its tables: the ends of Parquet files, which are read once each, the entries of crawls, and how many records there are.
/// </summary>
internal sealed class FolderTableCatalog(FolderLake lake, IOptions<CatalogOptions> options) : ITableCatalog
{
    private readonly TableList _list = new(options.Value.Database, hasRecords: true);
    private readonly CatalogStore _crawled = new(lake);
    private readonly ConcurrentDictionary<string, SeenMonth> _seen = new(StringComparer.Ordinal);

    public bool IsPaid => false;

    public Task<IReadOnlyList<LakeTable>> ListAsync(CancellationToken cancellationToken) => _list.FindAsync(cancellationToken);

    public Task<QueryLimit?> FindLimitAsync(CancellationToken cancellationToken) => Task.FromResult<QueryLimit?>(null);

    public async Task<IReadOnlyDictionary<string, TableFigures>> LookAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, TableFigures> figures = new(StringComparer.Ordinal);
        foreach (var table in Table.All)
        {
            var typed = await TypedAsync(table, cancellationToken);
            figures[table.TypedName] = typed;
            figures[table.CatalogName] = typed with
            {
                Rows = (table.IsCrawled ? await _crawled.FindAsync(table, cancellationToken) : null)?.Rows,
                NewestMonth = null,
                Problem = null,
            };
        }

        foreach (var view in LatestView.All)
        {
            figures[view.Name] = figures[view.Table.TypedName] with { Rows = null, NewestMonth = null };
        }

        figures["runs"] = Records(LakeKeys.Runs, cancellationToken);
        figures["files"] = Records(LakeKeys.Files, cancellationToken);
        return figures;
    }

    private async Task<TableFigures> TypedAsync(Table table, CancellationToken cancellationToken)
    {
        TableFigures sum = new(0);
        foreach (var month in TypedTableFiles.Of(lake, table, cancellationToken).Months)
        {
            try
            {
                if (await FooterAsync(table.TypedKeyFor(month.Month), cancellationToken) is { } footer)
                {
                    sum = sum with
                    {
                        Rows = sum.Rows + footer.Rows,
                        NewestExtraction = Later(sum.NewestExtraction, footer.NewestExtraction),
                        NewestMonth = char.IsDigit(month.Month[0]) ? month.Month : sum.NewestMonth,
                    };
                }
            }
            catch (EtlException exception)
            {
                sum = sum with { Rows = null, Problem = exception.Message };
            }
        }

        return sum with { Rows = sum.Problem is null ? sum.Rows : null };
    }

    private async Task<MonthFooter?> FooterAsync(string key, CancellationToken cancellationToken)
    {
        if (lake.FileAt(key) is not { } file)
        {
            return null;
        }

        if (_seen.TryGetValue(key, out var seen) && seen.File == file)
        {
            return seen.Footer;
        }

        await using var stream = lake.OpenSeekable(key);
        var footer = stream is null ? null : await MonthFooter.ReadAsync(key, stream, cancellationToken);
        if (footer is not null)
        {
            _seen[key] = new SeenMonth(file, footer);
        }

        return footer;
    }

    private TableFigures Records(string prefix, CancellationToken cancellationToken)
    {
        var (count, newest) = (0L, (DateTimeOffset?)null);
        foreach (var file in lake.Files(prefix, cancellationToken).Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            count++;
            newest = Later(newest, file.Modified);
        }

        return new TableFigures(count, newest);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private sealed record SeenMonth(FolderFile File, MonthFooter Footer);
}
