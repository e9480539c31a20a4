using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Reads a list, in as many passes as it takes until the rows are all of one state of it, within bounds.</summary>
public sealed class WholeReader(ILogger<WholeReader> logger)
{
    private const int MaxPasses = 4;

    private static readonly byte[] s_between = ",\n"u8.ToArray();

    /// <summary>Reads the list into what <paramref name="open"/> opens for each pass.</summary>
    /// <returns>The head that the rows belong to, and how many there are.</returns>
    /// <exception cref="TransientEtlException">It kept changing while it was read.</exception>
    /// <exception cref="PermanentEtlException">None of its rows holds anything.</exception>
    internal async Task<(PlaylistHead Head, int Rows)> ReadAsync(
        IRowList list, PlaylistHead head, Func<CancellationToken, Task<IRowSink>> open, CancellationToken cancellationToken)
    {
        PassResult? before = null;
        for (var pass = 1; ; pass++)
        {
            string reason;
            try
            {
                var result = await PassAsync(list, head, open, before, cancellationToken);
                if (result.IsWhole)
                {
                    return (head, result.Rows);
                }

                reason = list.Source.IsOfUser
                    ? "its first rows, or how many there are, changed while it was read"
                    : $"its snapshot was {head.Version ?? "unknown"} before and is {result.VersionAfter ?? "unknown"} now";
                before = result;
            }
            catch (IncompleteListException incomplete)
            {
                reason = incomplete.Message;
                before = null;
            }

            if (pass == MaxPasses)
            {
                throw new TransientEtlException(
                    $"{list.Source.Heading} was not read whole in {MaxPasses} passes: {reason}. It is probably being edited: try again later.");
            }

            logger.ReadAnew(list.Source.Heading, reason);
            head = await list.ReadHeadAsync(cancellationToken);
        }
    }

    // Whole is what has the same version before and after, or the same rows as the pass before: personal lists change their snapshot on every request.
    private static async Task<PassResult> PassAsync(
        IRowList list, PlaylistHead head, Func<CancellationToken, Task<IRowSink>> open, PassResult? before, CancellationToken cancellationToken)
    {
        await using var sink = await open(cancellationToken);
        await sink.BeginAsync(head, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (rows, isReadable) = (0, false);
        await foreach (var page in list.ReadPagesAsync(head, cancellationToken))
        {
            await sink.WriteAsync(page, cancellationToken);
            foreach (var row in page.Rows)
            {
                hash.AppendData(s_between);
                hash.AppendData(row.Span);
            }

            rows += page.Count;
            isReadable |= page.HasReadable;
        }

        if (rows > 0 && !isReadable && list.Source.Kind is not SourceKind.UserPlaylists)
        {
            throw new PermanentEtlException(
                $"{list.Source.Heading}: Spotify gave {rows} rows and in none of them a track or an episode, so nothing was kept. "
                + "Check that Spotify__Market, if set, is a country where they play, and that the user or the app may see them.");
        }

        var after = await list.ReadVersionAsync(cancellationToken);
        PassResult result = new(rows, Convert.ToHexStringLower(hash.GetHashAndReset()), after, IsWhole: false);
        if ((head.Version is null || head.Version != after) && (before?.Rows != result.Rows || before.Sha256 != result.Sha256))
        {
            return result;
        }

        await sink.CommitAsync(cancellationToken);
        return result with { IsWhole = true };
    }

    private sealed record PassResult(int Rows, string Sha256, string? VersionAfter, bool IsWhole);
}
