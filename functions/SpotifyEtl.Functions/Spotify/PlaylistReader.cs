using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;

namespace SpotifyEtl.Spotify;

/// <summary>Reads a playlist's head and its pages, in whichever of the two contracts Spotify keeps with this app.</summary>
public sealed class PlaylistReader(
    SpotifyApi api, KnownRowsEndpoint known, SpotifyFailures failures, IOptions<SpotifyOptions> options, ILogger<PlaylistReader> logger)
{
    /// <summary>The whole playlist object but for its rows.</summary>
    internal async Task<PlaylistHead> ReadHeadAsync(PlaylistId id, CancellationToken cancellationToken) =>
        // Without "fields", whose list would leave out what Spotify adds. The first rows come along, and are cut.
        await api.GetAsync(SpotifyUrls.Playlist(id.Value), ReadOnlyDictionary<string, string>.Empty, PlaylistHead.Parse, cancellationToken);

    /// <summary>The playlist's snapshot, if it has one.</summary>
    internal async Task<string?> ReadSnapshotIdAsync(PlaylistId id, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["fields"] = "snapshot_id" };
        return (await api.GetAsync(SpotifyUrls.Playlist(id.Value), parameters, PlaylistHead.Parse, cancellationToken)).SnapshotId;
    }

    /// <summary>Reads the pages in order, each where the rows received so far end, until all announced rows are there.</summary>
    /// <exception cref="IncompleteListException">The pages do not fit together.</exception>
    internal async IAsyncEnumerable<PlaylistPage> ReadPagesAsync(PlaylistId id, PlaylistHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (endpoint, first) = await FirstPageAsync(id, head, cancellationToken);
        await foreach (var page in Paging.ReadAsync(first, (offset, stop) => PageAsync(endpoint, offset, stop), cancellationToken))
        {
            yield return page;
        }
    }

    // Apps made since 2026 read rows at /items only, older ones at /tracks for sure: what has answered this app before comes first, then what
    // the playlist speaks of.
    private async Task<(Uri Endpoint, PlaylistPage Page)> FirstPageAsync(PlaylistId id, PlaylistHead head, CancellationToken cancellationToken)
    {
        var itemsFirst = known.RowsAreItems ?? head.RowsAreItems ?? true;
        var (first, second) = (EndpointOf(id, itemsFirst), EndpointOf(id, !itemsFirst));
        try
        {
            return (first, await PageAsync(first, 0, cancellationToken));
        }
        catch (APIException refused) when (IsRefusal(refused))
        {
            logger.OtherEndpointTried(id.Value, first, failures.Describe(refused));
            try
            {
                var page = await PageAsync(second, 0, cancellationToken);
                known.Remember(!itemsFirst);
                return (second, page);
            }
            catch (APIException again) when (IsRefusal(again))
            {
                // The one whose words say more: 404 is also what an endpoint of the other contract answers.
                throw refused.Response?.StatusCode is HttpStatusCode.NotFound && again.Response?.StatusCode is HttpStatusCode.Forbidden ? again : refused;
            }
        }
    }

    private static Uri EndpointOf(PlaylistId id, bool items) => items ? SpotifyUrls.PlaylistItems(id.Value) : SpotifyUrls.PlaylistTracks(id.Value);

    private static bool IsRefusal(APIException answer) => answer.Response?.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;

    private Task<PlaylistPage> PageAsync(Uri endpoint, int offset, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = Paging.PageSize.ToString(CultureInfo.InvariantCulture),
            ["offset"] = offset.ToString(CultureInfo.InvariantCulture),
            ["additional_types"] = "track,episode",
        };
        if (!string.IsNullOrEmpty(options.Value.Market))
        {
            parameters["market"] = options.Value.Market.ToUpperInvariant();
        }

        return api.GetAsync(endpoint, parameters, PlaylistPage.Parse, cancellationToken);
    }
}
