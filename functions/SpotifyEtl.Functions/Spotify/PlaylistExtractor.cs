using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Brings a playlist from Spotify into the lake, page by page, whole or not at all.</summary>
/// <remarks>Safe to repeat: the same run writes the same key. Memory is that of one page, however long the playlist.</remarks>
public sealed class PlaylistExtractor(
    PlaylistReader reader, SpotifyFailures failures, IOptions<SpotifyOptions> options, ILake lake, ILogger<PlaylistExtractor> logger)
{
    private const int MaxPasses = 4;

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

        if (id.TopTimeRange is not null && options.Value.HasCredentials && string.IsNullOrEmpty(options.Value.RefreshToken))
        {
            throw new PermanentEtlException(
                $"Playlist {id} is a list of the signed-in user, and Spotify__RefreshToken is not set: "
                + "run 'spotify-etl authorize --top-tracks' and start again.");
        }

        PlaylistHead? head = null;
        try
        {
            head = await reader.ReadHeadAsync(id, cancellationToken);
            if (loadedSnapshotId is not null && head.SnapshotId == loadedSnapshotId)
            {
                logger.PlaylistUnchanged(id.Value, loadedSnapshotId);
                return ExtractOutcome.Of(PlaylistResult.Skipped(id.Value, head.Name, loadedSnapshotId));
            }

            var extracted = await ReadAsync(id, head, runStart, cancellationToken);
            logger.PlaylistExtracted(extracted.PlaylistId, extracted.RawKey!, extracted.Items, extracted.SnapshotId);
            return ExtractOutcome.Of(extracted);
        }
        catch (SpotifyBusyException busy)
        {
            logger.PlaylistDeferred(id.Value, busy.Until, busy.Limit.Wait.TotalSeconds);
            return ExtractOutcome.Deferred(busy.Until);
        }
        catch (Exception exception) when (SpotifyFailures.Covers(exception, cancellationToken))
        {
            throw failures.Of(exception, id, head);
        }
    }

    private async Task<PlaylistResult> ReadAsync(PlaylistId id, PlaylistHead head, DateTimeOffset runStart, CancellationToken cancellationToken)
    {
        var key = RawFileName.For(id.Value, runStart).ToProcessKey;
        PassResult? before = null;
        for (var pass = 1; ; pass++)
        {
            string reason;
            try
            {
                var result = await PassAsync(id, head, key, runStart, before, cancellationToken);
                if (result.IsWhole)
                {
                    return PlaylistResult.Loaded(id.Value, head.Name, head.SnapshotId, result.Rows, key);
                }

                reason = $"its snapshot was {head.SnapshotId ?? "unknown"} before and is {result.SnapshotAfter ?? "unknown"} now";
                before = result;
            }
            catch (IncompletePlaylistException incomplete)
            {
                reason = incomplete.Message;
                before = null;
            }

            if (pass == MaxPasses)
            {
                throw new TransientEtlException(
                    $"Playlist {id} was not read whole in {MaxPasses} passes: {reason}. It is probably being edited: try again later.");
            }

            logger.PlaylistReadAnew(id.Value, reason);
            head = await reader.ReadHeadAsync(id, cancellationToken);
        }
    }

    // Whole is what has the same snapshot before and after, or the same rows as the pass before: personal lists change their snapshot on every request.
    private async Task<PassResult> PassAsync(
        PlaylistId id, PlaylistHead head, string key, DateTimeOffset runStart, PassResult? before, CancellationToken cancellationToken)
    {
        await using var file = await lake.CreateAsync(key, cancellationToken);
        using RawPlaylistWriter raw = new(file.Stream);
        await raw.BeginAsync(head, runStart, cancellationToken);
        var isReadable = false;
        await foreach (var page in reader.ReadPagesAsync(id, head, cancellationToken))
        {
            await raw.WriteAsync(page, cancellationToken);
            isReadable |= page.HasReadable;
        }

        if (raw.Rows > 0 && !isReadable)
        {
            throw new PermanentEtlException(
                $"Playlist {id}: Spotify gave {raw.Rows} rows and in none of them a track or an episode, so nothing was kept. "
                + "Check that Spotify__Market, if set, is a country where they play, and that the user or the app may see them.");
        }

        var after = await reader.ReadSnapshotIdAsync(id, cancellationToken);
        PassResult result = new(raw.Rows, raw.RowsSha256(), after, IsWhole: false);
        if ((head.SnapshotId is null || head.SnapshotId != after) && (before?.Rows != result.Rows || before.Sha256 != result.Sha256))
        {
            return result;
        }

        await raw.EndAsync(cancellationToken);
        await file.CommitAsync(cancellationToken);
        return result with { IsWhole = true };
    }

    private sealed record PassResult(int Rows, string Sha256, string? SnapshotAfter, bool IsWhole);
}
