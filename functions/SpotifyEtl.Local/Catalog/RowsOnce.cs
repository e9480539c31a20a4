using System.Runtime.CompilerServices;

namespace SpotifyEtl.Local.Catalog;

/// <summary>The rows of a running query, to be enumerated once; the end of the enumeration, whichever it is, ends the query.</summary>
internal sealed class RowsOnce(RunningQuery query, CancellationToken queryCancellation) : IAsyncEnumerable<IReadOnlyList<string?>>
{
    private int _enumerations;

    public IAsyncEnumerator<IReadOnlyList<string?>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Increment(ref _enumerations) == 1
            ? ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None)
            : throw new InvalidOperationException("The rows of a query can be read once.");

    private async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = query;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(queryCancellation, cancellationToken);
        while (await query.ReadBatchAsync(either.Token) is { } rows)
        {
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }
}
