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

    /// <summary>Under which name a file that comes in can wait: its own, unless a file with other bytes waits under it.</summary>
    /// <param name="file">The name that it has.</param>
    /// <param name="hash">Gives the lower-case hex SHA-256 of its bytes; it is only asked for where names meet.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>What to say of the file, or null where its name is free or has the same bytes.</returns>
    public async Task<RenamedFile?> FindWaitingNameAsync(RawFileName file, Func<CancellationToken, Task<string>> hash, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(file.ToProcessKey, cancellationToken) is null)
        {
            return null;
        }

        var sha256 = await hash(cancellationToken);
        foreach (var name in NamesFor(file, sha256))
        {
            if (await HashOfHolderAsync(name.ToProcessKey, cancellationToken) is not { } other || other == sha256)
            {
                return name == file ? null : new RenamedFile(file.Name, name.Name, file.ToProcessKey);
            }
        }

        throw NoName(file, file.ToProcessKey);
    }

    private async Task<RenamedFile?> SettleAsync(RawFileName file, CancellationToken cancellationToken)
    {
        if (await HashAsync(file.ToProcessKey, cancellationToken) is not { } sha256)
        {
            return null;
        }

        var holder = "";
        foreach (var name in NamesFor(file, sha256))
        {
            var holders = await HoldersAsync(name, file, cancellationToken).ToListAsync(cancellationToken);
            if (await FindSameAsync(holders, sha256, cancellationToken) is { } key)
            {
                var isItself = name == file && RawFileName.OfKey(key) == file;
                return isItself ? null : await MoveAsync(file, key, sha256, key, cancellationToken);
            }

            if (holders.Count == 0)
            {
                return await MoveAsync(file, name.ToProcessKey, sha256, holder, cancellationToken);
            }

            holder = holders[0];
        }

        throw NoName(file, holder);
    }

    // One that was rejected with these bytes does not help where others are processed: they would be replaced if these are taken now.
    private async Task<string?> FindSameAsync(List<string> holders, string sha256, CancellationToken cancellationToken)
    {
        var processed = holders.Where(key => key.StartsWith(LakeKeys.Processed, StringComparison.Ordinal)).ToList();
        foreach (var key in processed.Count > 0 ? processed : holders)
        {
            if (await HashOfHolderAsync(key, cancellationToken) == sha256)
            {
                return key;
            }
        }

        return null;
    }

    private static PermanentEtlException NoName(RawFileName file, string holder) =>
        new($"{file.Name} has the name of {holder}, and no other name is free for it: give it one.");

    private RawFileName[] NamesFor(RawFileName file, string sha256) => [file, Usable(file.Marked(sha256[..8])), Usable(file.Marked(sha256))];

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

    // What was set aside because nobody can read it has other bytes, whatever they are.
    private async Task<string?> HashOfHolderAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await HashAsync(key, cancellationToken);
        }
        catch (PermanentEtlException)
        {
            return "";
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
