using Microsoft.Extensions.Options;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>What a lake on S3 tells of its tables: the records of what each month holds. Athena, which costs, is not asked.</summary>
internal sealed class S3TableCatalog(ILake lake, MonthIndex months, AthenaWorkGroup workGroup, IOptions<CatalogOptions> options) : ITableCatalog
{
    private const int AtOnce = 16;

    private readonly TableList _list = new(options.Value.Database, hasRecords: false);

    public bool IsPaid => true;

    public Task<IReadOnlyList<LakeTable>> ListAsync(CancellationToken cancellationToken) => _list.FindAsync(cancellationToken);

    public async Task<QueryLimit?> FindLimitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new QueryLimit(workGroup.Name, await workGroup.FindScanLimitAsync(cancellationToken));
        }
        catch (EtlException exception)
        {
            return new QueryLimit(workGroup.Name, ScannedBytes: null) { Problem = exception.Message };
        }
    }

    public async Task<IReadOnlyDictionary<string, TableFigures>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var records = await RecordsAsync(cancellationToken);
            return Table.All.ToDictionary(table => table.TypedName, table => Of(table, records), StringComparer.Ordinal);
        }
        catch (EtlException exception)
        {
            return Table.All.ToDictionary(table => table.TypedName, _ => new TableFigures { Problem = exception.Message }, StringComparer.Ordinal);
        }
    }

    private static TableFigures Of(Table table, IReadOnlyList<MonthRecord> records)
    {
        var filled = records.Where(record => record.Rows[table] > 0).ToList();
        return new TableFigures(filled.Sum(record => record.Rows[table]))
        {
            NewestMonth = filled.Select(record => record.Month).Where(month => char.IsDigit(month[0])).Max(StringComparer.Ordinal),
        };
    }

    private async Task<IReadOnlyList<MonthRecord>> RecordsAsync(CancellationToken cancellationToken)
    {
        var keys = await lake.ListAsync(LakeKeys.Months, cancellationToken: cancellationToken)
            .Select(found => found.Key[LakeKeys.Months.Length..])
            .Where(name => !name.Contains('/', StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .ToListAsync(cancellationToken);
        var found = new MonthRecord?[keys.Count];
        await Parallel.ForEachAsync(
            keys.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, stop) => found[key.Index] = await months.FindAsync(key.Item[..^".json".Length], stop));
        return [.. found.OfType<MonthRecord>()];
    }
}
