using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Brings a playlist from Spotify into the lake, page by page, whole or not at all.</summary>
/// <remarks>Safe to repeat: the same run writes the same key. Memory is that of one page, however long the playlist.</remarks>
public sealed class PlaylistExtractor(
    PlaylistReader reader, WholeReader whole, SpotifyFailures failures, ILake lake, ILogger<PlaylistExtractor> logger)
{
    /// <summary>Reads the playlist and writes its raw file, named after the run that began at <paramref name="runStart"/>.</summary>
    /// <param name="playlistId">The playlist: an id, a URI or a link.</param>
    /// <param name="runStart">The start of the run, which the raw file is named after.</param>
    /// <param name="loadedSnapshotId">The snapshot that need not be read again; null: read it in any case.</param>
    /// <param name="cancellationToken">Stops the extraction; it leaves nothing.</param>
    /// <returns>The playlist as extracted, or that it has not changed, or the time until which Spotify asks to wait.</returns>
    /// <exception cref="TransientEtlException">Spotify cannot be reached or is out of order, or the playlist kept changing while it was read.</exception>
    /// <exception cref="PermanentEtlException">The id is none, or Spotify refuses this playlist to this app, or gives none of its rows.</exception>
    /// <exception cref="EtlConfigurationException">The app's credentials are not set.</exception>
    public async Task<ExtractOutcome> ExtractAsync(
        string playlistId, DateTimeOffset runStart, string? loadedSnapshotId, CancellationToken cancellationToken)
    {
        if (!PlaylistId.TryParse(playlistId, out var id, out var error))
        {
            throw new PermanentEtlException(error);
        }

        PlaylistRows list = new(reader, id);
        PlaylistHead? head = null;
        try
        {
            head = await list.ReadHeadAsync(cancellationToken);
            if (loadedSnapshotId is not null && head.SnapshotId == loadedSnapshotId)
            {
                logger.PlaylistUnchanged(id.Value, loadedSnapshotId);
                return ExtractOutcome.Of(PlaylistResult.Skipped(id.Value, head.Name, loadedSnapshotId));
            }

            var key = RawFileName.For(id.Value, runStart).ToProcessKey;
            var (read, rows) = await whole.ReadAsync(list, head, stop => RawFileSink.OpenAsync(lake, key, runStart, stop), cancellationToken);
            logger.PlaylistExtracted(id.Value, key, rows, read.SnapshotId);
            return ExtractOutcome.Of(PlaylistResult.Loaded(id.Value, read.Name, read.SnapshotId, rows, key));
        }
        catch (SpotifyBusyException busy)
        {
            logger.Deferred(list.Source.Heading, busy.Until, busy.Limit.Wait.TotalSeconds);
            return ExtractOutcome.Deferred(busy.Until);
        }
        catch (Exception exception) when (SpotifyFailures.Covers(exception, cancellationToken))
        {
            throw failures.Of(exception, list.Source, head);
        }
    }
}
