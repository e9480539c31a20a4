using System.Runtime.CompilerServices;

namespace SpotifyEtl.Local.Interactive;

/// <summary>The first rows of a result; the rest is not computed.</summary>
/// <param name="all">The rows.</param>
/// <param name="most">How many are taken at most; null: all.</param>
internal sealed class FirstOfRows(IAsyncEnumerable<IReadOnlyList<string?>> all, int? most)
{
    /// <summary>How many have been taken.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there are more.</summary>
    public bool AreCut { get; private set; }

    public IAsyncEnumerable<IReadOnlyList<string?>> Rows => ReadAsync();

    private async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in all.WithCancellation(cancellationToken))
        {
            if (Count == most)
            {
                AreCut = true;
                yield break;
            }

            Count++;
            yield return row;
        }
    }
}
