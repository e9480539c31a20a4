using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake;

/// <summary>
/// Sees to it that no raw file replaces another, nor another's tables: before any is transformed, one in to_process gets a name of its own whose name,
/// or whose stem under any other name, a raw file with other bytes has.
/// </summary>
public sealed class RawFileRenaming(ILake lake)
{
    // Each costs a look at some ten keys, and waits more than it works.
    private const int AtOnce = 32;

    /// <summary>The most renamings that are told.</summary>
    private const int MaxTold = 50;

    /// <summary>Renames what must be. Safe to repeat: what has been renamed meets nobody again.</summary>
    /// <returns>The first of the files that were renamed, in order of name.</returns>
    public async Task<IReadOnlyList<RenamedFile>> SettleAsync(CancellationToken cancellationToken)
    {
        ConcurrentBag<RawFileName> met = [];
        await Parallel.ForEachAsync(
            lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken)
                .Where(found => found.Fault is null && LakeKeys.RawNameIn(found.Key) is not null),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (found, stop) =>
            {
                var file = RawFileName.OfKey(found.Key);
                if (await HoldersAsync(file, file, stop).AnyAsync(stop))
                {
                    met.Add(file);
                }
            });

        // One after another, for the name that one gets may be the name that the next one has.
        List<RenamedFile> renamed = [];
        foreach (var file in met.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (await SettleAsync(file, cancellationToken) is { } one && renamed.Count < MaxTold)
            {
                renamed.Add(one);
            }
        }

        return renamed;
    }

    private async Task<RenamedFile?> SettleAsync(RawFileName file, CancellationToken cancellationToken)
    {
        if (await HashAsync(file.ToProcessKey, cancellationToken) is not { } sha256)
        {
            return null;
        }

        var holder = "";
        foreach (var name in new[] { file, Usable(file.Marked(sha256[..8])), Usable(file.Marked(sha256)) })
        {
            var holders = await HoldersAsync(name, file, cancellationToken).ToListAsync(cancellationToken);
            foreach (var key in holders)
            {
                if (await HashAsync(key, cancellationToken) != sha256)
                {
                    continue;
                }

                var isItself = name == file && RawFileName.OfKey(key) == file;
                return isItself ? null : await MoveAsync(file, key, sha256, key, cancellationToken);
            }

            if (holders.Count == 0)
            {
                return await MoveAsync(file, name.ToProcessKey, sha256, holder, cancellationToken);
            }

            holder = holders[0];
        }

        throw new PermanentEtlException($"{file.ToProcessKey} has the name of {holder}, and no other name is free for it: give it one.");
    }

    // With its mark a long name may be too long.
    private RawFileName Usable(RawFileName name) =>
        lake.FaultOfName(name.Name) is null ? name : new RawFileName(RawNames.Usable(name.Name, lake.FaultOfName));

    private async Task<RenamedFile> MoveAsync(RawFileName from, string toKey, string sha256, string holder, CancellationToken cancellationToken)
    {
        await lake.MoveAsync(from.ToProcessKey, toKey, sha256, cancellationToken);
        return new RenamedFile(from.Name, RawFileName.OfKey(toKey).Name, holder);
    }

    /// <summary>The raw files besides this one that have a name, or its stem under another name, those of the same name first.</summary>
    private async IAsyncEnumerable<string> HoldersAsync(
        RawFileName name, RawFileName file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var other in name.NamesOfStem)
        {
            foreach (var key in new[] { other.ProcessedKey, other.RejectedKey, other.ToProcessKey })
            {
                // Of two that come together the ordinally first keeps its name.
                var counts = key != other.ToProcessKey || name != file || string.CompareOrdinal(other.Name, file.Name) < 0;
                if (counts && await lake.FindAsync(key, cancellationToken) is not null)
                {
                    yield return key;
                }
            }
        }
    }

    private async Task<string?> HashAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(key, cancellationToken);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
    }
}
