using System.Runtime.CompilerServices;

namespace SpotifyEtl.Spotify;

/// <summary>Reads pages one after the other, each where the rows received so far end, until all announced rows are there.</summary>
internal static class Paging
{
    /// <summary>The most rows of a page.</summary>
    public const int PageSize = 50;

    /// <exception cref="IncompleteListException">The pages do not fit together.</exception>
    public static async IAsyncEnumerable<PlaylistPage> ReadAsync(
        PlaylistPage first, Func<int, CancellationToken, Task<PlaylistPage>> pageAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = first;
        var total = page.Total;
        var read = 0;
        while (true)
        {
            if (page.Total != total || (page.Offset is { } offset && offset != read) || (page.Count == 0 && read < total) || page.Count > total - read)
            {
                throw new IncompleteListException($"after {read} of {total} rows came a page of {page.Count} that begins at {page.Offset} of {page.Total}");
            }

            yield return page;
            read += page.Count;
            if (read == total)
            {
                yield break;
            }

            page = await pageAt(read, cancellationToken);
        }
    }
}
