using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyAPI.Web.Http;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Brings a playlist from Spotify into the lake, page by page, whole or not at all.</summary>
/// <remarks>Safe to repeat: the same run writes the same key. Memory is that of one page, however long the playlist.</remarks>
public sealed class PlaylistExtractor(
    SpotifyConnectorFactory connectors, IOptions<SpotifyOptions> options, ILake lake, TimeProvider clock, ILogger<PlaylistExtractor> logger)
{
    private const int PageSize = 50;

    // Spotify counts requests over the last 30 seconds.
    private static readonly TimeSpan WaitWhenNotTold = TimeSpan.FromSeconds(30);

    /// <summary>Reads the playlist and writes its raw file, named after the run that began at <paramref name="runStart"/>.</summary>
    /// <param name="playlistId">The playlist: an id, a URI or a link.</param>
    /// <param name="runStart">The start of the run, which the raw file is named after.</param>
    /// <param name="loadedSnapshotId">The snapshot that need not be read again; null: read it in any case.</param>
    /// <param name="cancellationToken">Stops the extraction; it leaves nothing.</param>
    /// <returns>The playlist as extracted, or that it has not changed, or the time until which Spotify asks to wait.</returns>
    /// <exception cref="TransientEtlException">Spotify cannot be reached or is out of order, or the playlist changed while it was read.</exception>
    /// <exception cref="PermanentEtlException">The id is none, or Spotify refuses this playlist to this app.</exception>
    /// <exception cref="EtlConfigurationException">The app's credentials are not set.</exception>
    public async Task<ExtractOutcome> ExtractAsync(
        string playlistId, DateTimeOffset runStart, string? loadedSnapshotId, CancellationToken cancellationToken)
    {
        if (!PlaylistId.TryParse(playlistId, out var id, out var error))
        {
            throw new PermanentEtlException(error);
        }

        try
        {
            var api = connectors.Create();
            var head = await HeadAsync(api, id, cancellationToken);
            if (loadedSnapshotId is not null && head.SnapshotId == loadedSnapshotId)
            {
                logger.PlaylistUnchanged(id.Value, loadedSnapshotId);
                return ExtractOutcome.Of(new UnchangedPlaylist(id.Value, head.Name, loadedSnapshotId));
            }

            var extracted = await ReadAsync(api, id, head, runStart, cancellationToken);
            logger.PlaylistExtracted(extracted.PlaylistId, extracted.RawKey, extracted.Items, extracted.SnapshotId);
            return ExtractOutcome.Of(extracted);
        }
        catch (APITooManyRequestsException limited)
        {
            var wait = limited.RetryAfter > TimeSpan.Zero ? limited.RetryAfter : WaitWhenNotTold;
            var until = clock.GetUtcNow() + wait;
            logger.PlaylistDeferred(id.Value, until, wait.TotalSeconds);
            return ExtractOutcome.Deferred(until);
        }
        catch (Exception exception) when (SpotifyFailure.Covers(exception, cancellationToken))
        {
            throw SpotifyFailure.Of(exception, id.Value);
        }
    }

    private async Task<ExtractedPlaylist> ReadAsync(
        APIConnector api, PlaylistId id, PlaylistHead head, DateTimeOffset runStart, CancellationToken cancellationToken)
    {
        var (endpoint, page) = await FirstPageAsync(api, id, head, cancellationToken);
        var total = page.Total;
        var key = RawFileName.For(id.Value, runStart).ToProcessKey;

        await using var file = await lake.CreateAsync(key, cancellationToken);
        var raw = new RawPlaylistWriter(file.Stream);
        await raw.BeginAsync(id, head, runStart, cancellationToken);
        var read = 0;
        while (true)
        {
            if (page.Total != total || (page.Offset is { } offset && offset != read) || (page.Count == 0 && read < total))
            {
                throw Incomplete(id, $"after {read} of {total} rows came a page of {page.Count} that begins at {page.Offset} of {page.Total}");
            }

            await raw.WriteAsync(page, cancellationToken);
            read += page.Count;
            if (read >= total)
            {
                break;
            }

            page = await PageAsync(api, endpoint, read, cancellationToken);
        }

        if (read != total)
        {
            throw Incomplete(id, $"{read} rows came, {total} were announced");
        }

        var after = await HeadAsync(api, id, cancellationToken);
        if (after.SnapshotId != head.SnapshotId)
        {
            throw Incomplete(id, $"its snapshot was {head.SnapshotId} before and is {after.SnapshotId} now");
        }

        await raw.EndAsync(cancellationToken);
        await file.CommitAsync(cancellationToken);
        return new ExtractedPlaylist(id.Value, head.Name, head.SnapshotId, key, read);
    }

    private static async Task<PlaylistHead> HeadAsync(APIConnector api, PlaylistId id, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["fields"] = PlaylistHead.Fields };
        return PlaylistHead.Parse(await GetAsync(api, SpotifyUrls.Playlist(id.Value), parameters, cancellationToken));
    }

    // Apps made since 2026 read rows at /items only, older ones at /tracks for sure: the one that the playlist speaks of comes first.
    private async Task<(Uri Endpoint, PlaylistPage Page)> FirstPageAsync(
        APIConnector api, PlaylistId id, PlaylistHead head, CancellationToken cancellationToken)
    {
        var (items, tracks) = (SpotifyUrls.PlaylistItems(id.Value), SpotifyUrls.PlaylistTracks(id.Value));
        var (endpoint, other) = head.HasOnlyTracks ? (tracks, items) : (items, tracks);
        try
        {
            return (endpoint, await PageAsync(api, endpoint, 0, cancellationToken));
        }
        catch (APIException refused) when (IsRefusal(refused))
        {
            logger.OtherEndpointTried(id.Value, endpoint, SpotifyFailure.Describe(refused));
            try
            {
                return (other, await PageAsync(api, other, 0, cancellationToken));
            }
            catch (APIException again) when (IsRefusal(again))
            {
                throw SpotifyFailure.Of(refused, id.Value);
            }
        }
    }

    private static bool IsRefusal(APIException answer) => answer.Response?.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;

    private async Task<PlaylistPage> PageAsync(APIConnector api, Uri endpoint, int offset, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
            ["offset"] = offset.ToString(CultureInfo.InvariantCulture),
            ["additional_types"] = "track,episode",
        };
        if (!string.IsNullOrEmpty(options.Value.Market))
        {
            parameters["market"] = options.Value.Market.ToUpperInvariant();
        }

        return PlaylistPage.Parse(await GetAsync(api, endpoint, parameters, cancellationToken));
    }

    private static async Task<byte[]> GetAsync(APIConnector api, Uri endpoint, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var response = await api.SendRawRequest(endpoint, HttpMethod.Get, parameters, cancel: cancellationToken);
        return Encoding.UTF8.GetBytes(response.Body as string ?? "");
    }

    private static TransientEtlException Incomplete(PlaylistId id, string reason) =>
        new($"Playlist {id} was not read whole: {reason}. It was probably edited meanwhile: try again.");
}
