using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake;

/// <summary>
/// Sees to it that no raw file replaces another, nor another's tables: before any is transformed, one in to_process gets a name of its own whose name,
/// or whose stem under any other name, a raw file with other bytes has.
/// </summary>
public sealed class RawFileRenaming(ILake lake)
{
    // Each costs a look at some ten keys at once, and waits more than it works.
    private const int AtOnce = 16;

    // For so many it is less to look at their keys than to list all raw files that there are.
    private const int MostLookedFor = 100;

    /// <summary>The most renamings that are told.</summary>
    private const int MaxTold = 50;

    /// <summary>Renames what must be. Safe to repeat: what has been renamed meets nobody again.</summary>
    /// <returns>The first of the files that were renamed, in order of name.</returns>
    public async Task<IReadOnlyList<RenamedFile>> SettleAsync(CancellationToken cancellationToken)
    {
        var waiting = await lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken)
            .Where(found => found.Fault is null && LakeKeys.RawNameIn(found.Key) is not null)
            .Select(found => RawFileName.OfKey(found.Key))
            .ToListAsync(cancellationToken);
        ConcurrentBag<RawFileName> met = [];
        await Parallel.ForEachAsync(
            waiting.Count <= MostLookedFor ? waiting : await FindNamesakesAsync(waiting, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (file, stop) =>
            {
                if (await HoldersAsync(file, file, stop) is not [])
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

    /// <summary>Those files that come in whose names may be taken already: <see cref="FindWaitingNameAsync"/> is to be asked of them.</summary>
    public async Task<IReadOnlySet<string>> FindMaybeWaitingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (names.Count <= MostLookedFor)
        {
            return names.ToHashSet(StringComparer.Ordinal);
        }

        // Some file systems do not tell a from A, and some not one way from another to write an accent: of files that come together, too.
        HashSet<string> coming = new(StringComparer.OrdinalIgnoreCase);
        List<string> alike = [.. names.Where(name => !coming.Add(name))];
        var waiting = await lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken)
            .Select(found => found.Key[LakeKeys.ToProcess.Length..])
            .Where(coming.Contains)
            .ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken);
        waiting.UnionWith(alike);
        return names.Where(name => !Ascii.IsValid(name) || waiting.Contains(name)).ToHashSet(StringComparer.Ordinal);
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

    // Of many files most have a stem of their own, which a listing tells: what is kept of it is only what the waiting files are called.
    private async Task<IReadOnlyList<RawFileName>> FindNamesakesAsync(List<RawFileName> waiting, CancellationToken cancellationToken)
    {
        Dictionary<string, int> timesSeen = new(StringComparer.Ordinal);
        foreach (var file in waiting)
        {
            timesSeen[file.Stem] = timesSeen.GetValueOrDefault(file.Stem) + 1;
        }

        foreach (var folder in new[] { LakeKeys.Processed, LakeKeys.Rejected })
        {
            await foreach (var found in lake.ListAsync(folder, cancellationToken: cancellationToken))
            {
                var stem = RawFileName.OfKey(found.Key).Stem;
                if (timesSeen.TryGetValue(stem, out var times))
                {
                    timesSeen[stem] = times + 1;
                }
            }
        }

        return [.. waiting.Where(file => timesSeen[file.Stem] > 1)];
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
            var holders = await HoldersAsync(name, file, cancellationToken);
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
    private async Task<List<string>> HoldersAsync(RawFileName name, RawFileName file, CancellationToken cancellationToken)
    {
        List<string> keys = [.. KeysOfHolders(name, file)];
        var found = await Task.WhenAll(keys.Select(key => lake.FindAsync(key, cancellationToken)));
        return [.. keys.Zip(found).Where(pair => pair.Second is not null).Select(pair => pair.First)];
    }

    // Of two that come together the ordinally first keeps its name.
    private static IEnumerable<string> KeysOfHolders(RawFileName name, RawFileName file) => name.NamesOfStem
        .SelectMany(other => new[] { other.ProcessedKey, other.RejectedKey, other.ToProcessKey }, (other, key) => (Other: other, Key: key))
        .Where(one => one.Key != one.Other.ToProcessKey || name != file || string.CompareOrdinal(one.Other.Name, file.Name) < 0)
        .Select(one => one.Key);

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
