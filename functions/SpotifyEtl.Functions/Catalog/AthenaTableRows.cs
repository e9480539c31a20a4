using System.Globalization;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Catalog;

/// <summary>Counts with Athena what a table shows of some files, by the address of the object that a row is in.</summary>
public sealed class AthenaTableRows(IQueries queries, IOptions<CatalogOptions> catalog, IOptions<LakeOptions> lake) : ITableRows
{
    // Athena takes statements of up to 262,144 bytes; an address has 1,100 at most.
    private const int PathsOfOneQuery = 200;

    public async Task<long> CountAsync(Table table, IReadOnlySet<string> stems, CancellationToken cancellationToken = default)
    {
        var location = S3Location.Parse(lake.Value.Uri);
        var count = 0L;
        foreach (var some in stems.Order(StringComparer.Ordinal).Chunk(PathsOfOneQuery))
        {
            var paths = some.Select(stem => $"'{Quoted(location.Address(table.KeyFor(stem)))}'");
            // A crawler makes no table of an empty folder.
            count += await CountAsync(
                $"SELECT count(*) AS shown FROM \"{catalog.Value.Database}\".\"{table.CatalogName}\" WHERE \"$path\" IN ({string.Join(", ", paths)})",
                cancellationToken) ?? 0;
        }

        return count;
    }

    public Task<long?> CountMonthAsync(Table table, string month, CancellationToken cancellationToken = default) => CountAsync(
        $"SELECT count(*) AS shown FROM \"{catalog.Value.Database}\".\"{table.TypedName}\" WHERE month = '{Quoted(month)}'", cancellationToken);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    // Null: there is no such table.
    private async Task<long?> CountAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await queries.QueryAsync(sql, cancellationToken);
            await foreach (var row in answer.Rows.WithCancellation(cancellationToken))
            {
                return long.Parse(row[0]!, CultureInfo.InvariantCulture);
            }

            throw new TransientEtlException("Athena counted the rows of a table and gave no number. The step can be repeated.");
        }
        catch (PermanentEtlException exception) when (exception.Message.Contains("TABLE_NOT_FOUND", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
