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
    private const int PageSize = 50;

    /// <summary>The whole playlist object but for its rows. A user's top tracks have none.</summary>
    internal async Task<PlaylistHead> ReadHeadAsync(PlaylistId id, CancellationToken cancellationToken)
    {
        if (id.TopTimeRange is not null)
        {
            return PlaylistHead.OfList(id);
        }

        // Without "fields", whose list would leave out what Spotify adds. The first rows come along, and are cut.
        return await api.GetAsync(SpotifyUrls.Playlist(id.Value), ReadOnlyDictionary<string, string>.Empty, PlaylistHead.Parse, cancellationToken);
    }

    /// <summary>The playlist's snapshot, if it has one.</summary>
    internal async Task<string?> ReadSnapshotIdAsync(PlaylistId id, CancellationToken cancellationToken)
    {
        if (id.TopTimeRange is not null)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["fields"] = "snapshot_id" };
        return (await api.GetAsync(SpotifyUrls.Playlist(id.Value), parameters, PlaylistHead.Parse, cancellationToken)).SnapshotId;
    }

    /// <summary>Reads the pages in order, each where the rows received so far end, until all announced rows are there.</summary>
    /// <exception cref="IncompletePlaylistException">The pages do not fit together.</exception>
    internal async IAsyncEnumerable<PlaylistPage> ReadPagesAsync(PlaylistId id, PlaylistHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (endpoint, page) = await FirstPageAsync(id, head, cancellationToken);
        var total = page.Total;
        var read = 0;
        while (true)
        {
            if (page.Total != total || (page.Offset is { } offset && offset != read) || (page.Count == 0 && read < total) || page.Count > total - read)
            {
                throw new IncompletePlaylistException($"after {read} of {total} rows came a page of {page.Count} that begins at {page.Offset} of {page.Total}");
            }

            yield return page;
            read += page.Count;
            if (read == total)
            {
                yield break;
            }

            page = await PageAsync(id, endpoint, read, cancellationToken);
        }
    }

    // Apps made since 2026 read rows at /items only, older ones at /tracks for sure: what has answered this app before comes first, then what
    // the playlist speaks of.
    private async Task<(Uri Endpoint, PlaylistPage Page)> FirstPageAsync(PlaylistId id, PlaylistHead head, CancellationToken cancellationToken)
    {
        if (id.TopTimeRange is not null)
        {
            return (SpotifyUrls.TopTracks(), await PageAsync(id, SpotifyUrls.TopTracks(), 0, cancellationToken));
        }

        var itemsFirst = known.RowsAreItems ?? head.RowsAreItems ?? true;
        var (first, second) = (EndpointOf(id, itemsFirst), EndpointOf(id, !itemsFirst));
        try
        {
            return (first, await PageAsync(id, first, 0, cancellationToken));
        }
        catch (APIException refused) when (IsRefusal(refused))
        {
            logger.OtherEndpointTried(id.Value, first, failures.Describe(refused));
            try
            {
                var page = await PageAsync(id, second, 0, cancellationToken);
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

    private Task<PlaylistPage> PageAsync(PlaylistId id, Uri endpoint, int offset, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
            ["offset"] = offset.ToString(CultureInfo.InvariantCulture),
        };
        if (id.TopTimeRange is { } range)
        {
            parameters["time_range"] = range;
            return api.GetAsync(endpoint, parameters, PlaylistPage.Parse, cancellationToken);
        }

        parameters["additional_types"] = "track,episode";
        if (!string.IsNullOrEmpty(options.Value.Market))
        {
            parameters["market"] = options.Value.Market.ToUpperInvariant();
        }

        return api.GetAsync(endpoint, parameters, PlaylistPage.Parse, cancellationToken);
    }
}
