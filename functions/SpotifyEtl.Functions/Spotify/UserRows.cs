using System.Globalization;
using System.Runtime.CompilerServices;

namespace SpotifyEtl.Spotify;

/// <summary>The rows of a list of the signed-in user. It has no snapshot: its version is how many rows there are, and the first of them.</summary>
internal sealed class UserRows(SpotifyApi api, SourceId source, SpotifyUser user, string? market) : IRowList
{
    private PlaylistPage? _first;

    public SourceId Source => source;

    public async Task<PlaylistHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        _first = await PageAsync(0, cancellationToken);
        return PlaylistHead.OfList(source.ListIdOf(user), source.Title!, user, _first.Total, _first.Fingerprint());
    }

    public async IAsyncEnumerable<PlaylistPage> ReadPagesAsync(PlaylistHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _first ?? await PageAsync(0, cancellationToken);
        await foreach (var page in Paging.ReadAsync(first, PageAsync, cancellationToken))
        {
            _first = null;
            yield return page;
        }
    }

    public async Task<string?> ReadVersionAsync(CancellationToken cancellationToken) => (await PageAsync(0, cancellationToken)).Fingerprint();

    private Task<PlaylistPage> PageAsync(int offset, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = Paging.PageSize.ToString(CultureInfo.InvariantCulture),
            ["offset"] = offset.ToString(CultureInfo.InvariantCulture),
        };
        if (source.TimeRange is { } range)
        {
            parameters["time_range"] = range;
        }

        if (source.Kind is SourceKind.SavedTracks && !string.IsNullOrEmpty(market))
        {
            parameters["market"] = market.ToUpperInvariant();
        }

        return api.GetAsync(SourceEndpoints.Of(source), parameters, PlaylistPage.Parse, cancellationToken);
    }
}
