using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>Asks a statement and reads as many rows as a page shows; the rest is left, which ends the query.</summary>
internal sealed class AnswerReader(IQueries queries, TimeProvider time)
{
    /// <summary>The most rows that a page shows.</summary>
    public const int MostRows = 1000;

    // Some megabytes of page, however wide the rows are.
    private const int MostCharacters = 2_000_000;

    /// <exception cref="Errors.EtlException">The statement is refused, or cannot be answered.</exception>
    public async Task<ShownAnswer> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var answer = await queries.QueryAsync(sql, cancellationToken);
        var (rows, characters, hasMore) = (new List<IReadOnlyList<ShownCell>>(), 0L, false);
        await foreach (var row in answer.Rows.WithCancellation(cancellationToken))
        {
            hasMore = rows.Count == MostRows || characters > MostCharacters;
            if (hasMore)
            {
                break;
            }

            ShownCell[] cells = [.. row.Select(ShownCell.Of)];
            rows.Add(cells);
            characters += cells.Sum(cell => cell.Text?.Length ?? 0);
        }

        return new ShownAnswer(answer.Columns, rows, hasMore, time.GetElapsedTime(start)) { Cost = answer.Cost };
    }
}
