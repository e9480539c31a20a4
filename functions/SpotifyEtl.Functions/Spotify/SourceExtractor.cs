using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Brings a list of the signed-in user from Spotify into the lake, or tells which playlists the user has.</summary>
/// <remarks>Safe to repeat: the same run writes the same key. Memory is that of one page, however long the list.</remarks>
public sealed class SourceExtractor(
    SpotifyApi api,
    SignedInUser signedIn,
    WholeReader whole,
    RecentPlays plays,
    SpotifyFailures failures,
    IOptions<SpotifyOptions> options,
    ILake lake,
    ILogger<SourceExtractor> logger)
{
    /// <summary>Reads the source and writes its raw file, named after the run that began at <paramref name="runStart"/>.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="runStart">The start of the run, which the raw file is named after.</param>
    /// <param name="playedUntil">
    /// Finds, by what the raw files of the source are called, when the newest play that is loaded was played; null: what was played recently is read anew.
    /// </param>
    /// <param name="cancellationToken">Stops the extraction; it leaves nothing.</param>
    /// <returns>The source as extracted, or that it has nothing new, or the time until which Spotify asks to wait.</returns>
    /// <exception cref="TransientEtlException">Spotify cannot be reached or is out of order, or the list kept changing while it was read.</exception>
    /// <exception cref="PermanentEtlException">There is no such source, or no user, or Spotify refuses it to this app.</exception>
    /// <exception cref="EtlConfigurationException">The app's credentials are not set.</exception>
    public async Task<ExtractSourceOutcome> ExtractAsync(
        string source,
        DateTimeOffset runStart,
        Func<string, CancellationToken, Task<DateTimeOffset?>>? playedUntil,
        CancellationToken cancellationToken)
    {
        if (!SourceId.TryParse(source, out var id, out var error))
        {
            throw new PermanentEtlException(error);
        }

        if (!id.IsOfUser)
        {
            throw new PermanentEtlException($"{id} is extracted as a playlist.");
        }

        if (options.Value.HasCredentials && options.Value.UserFault(id) is { } fault)
        {
            throw new PermanentEtlException(fault);
        }

        try
        {
            var result = await ReadAsync(id, runStart, playedUntil, cancellationToken);
            logger.SourceExtracted(id.Name, result.Status, result.RawKey, result.Items);
            return ExtractSourceOutcome.Of(result);
        }
        catch (SpotifyBusyException busy)
        {
            logger.Deferred(id.Heading, busy.Until, busy.Limit.Wait.TotalSeconds);
            return ExtractSourceOutcome.Deferred(busy.Until);
        }
        catch (Exception exception) when (SpotifyFailures.Covers(exception, cancellationToken))
        {
            throw failures.Of(exception, id, head: null);
        }
    }

    private async Task<SourceResult> ReadAsync(
        SourceId id, DateTimeOffset runStart, Func<string, CancellationToken, Task<DateTimeOffset?>>? playedUntil, CancellationToken cancellationToken)
    {
        var user = await signedIn.GetAsync(cancellationToken);
        if (id.Kind is SourceKind.RecentlyPlayed)
        {
            var until = playedUntil is null ? null : await playedUntil(id.RawNameOf(user), cancellationToken);
            return await plays.ReadAsync(id, user, runStart, until, cancellationToken);
        }

        UserRows list = new(api, id, user, options.Value.Market);
        var head = await list.ReadHeadAsync(cancellationToken);
        if (id.Kind is SourceKind.UserPlaylists)
        {
            FoundPlaylists found = new(user);
            await whole.ReadAsync(list, head, _ => Task.FromResult<IRowSink>(found), cancellationToken);
            return SourceResult.Found(id, found.Ids);
        }

        var key = RawFileName.For(id.RawNameOf(user), runStart).ToProcessKey;
        var (_, rows) = await whole.ReadAsync(list, head, stop => RawFileSink.OpenAsync(lake, key, runStart, stop), cancellationToken);
        return SourceResult.Loaded(id, rows, key);
    }
}
