using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Report;

/// <summary>Asks named queries one after another, and adds up what they cost. One that is refused is an answer that says why.</summary>
internal sealed class NamedAnswers(IQueries queries)
{
    /// <summary>What was scanned so far; null where answers cost nothing.</summary>
    public long? ScannedBytes { get; private set; }

    /// <summary>The whole answer.</summary>
    public async Task<QueryAnswer> AllAsync(string name, CancellationToken cancellationToken)
    {
        List<QueryRow> rows = [];
        return await EachAsync(name, rows.Add, cancellationToken) with { Rows = rows };
    }

    /// <summary>The answer without its rows, which are handed on as they come.</summary>
    public async Task<QueryAnswer> EachAsync(string name, Action<QueryRow> take, CancellationToken cancellationToken)
    {
        var query = NamedQueries.Get(name);
        try
        {
            var result = await queries.QueryAsync(query.Sql, cancellationToken);
            await foreach (var row in result.Rows.WithCancellation(cancellationToken))
            {
                take(new QueryRow(result.Columns, row));
            }

            ScannedBytes = result.Cost is { } cost ? (ScannedBytes ?? 0) + cost.ScannedBytes : ScannedBytes;
            return new QueryAnswer(query, result.Columns, []);
        }
        catch (PermanentEtlException refused)
        {
            return new QueryAnswer(query, [], [], refused.Message);
        }
    }
}
