using System.Collections.Concurrent;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;

namespace SpotifyEtl.Analytics;

/// <summary>
/// Which raw files each month has rows of, and which months are due: a file whose rows came, changed or went since a month was written makes it so,
/// until it is written.
/// </summary>
public sealed class MonthIndex(ILake lake, LakeRecords records)
{
    // Each waits more than it works.
    private const int AtOnce = 32;

    /// <summary>Makes a month due for a raw file whose rows of it may be about to change.</summary>
    public Task MarkAsync(string month, string runId, string stem, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.Due(month, runId, stem), new DueFile(stem), cancellationToken);

    /// <summary>Says that a raw file has rows of a month, which is due then.</summary>
    public async Task AddAsync(string month, string runId, MonthEntry entry, CancellationToken cancellationToken)
    {
        // One after the other: another run that finds the mark takes it back once it has written what the entry says.
        await records.WriteAsync(LakeKeys.MonthEntry(month, entry.Stem), entry, cancellationToken);
        await MarkAsync(month, runId, entry.Stem, cancellationToken);
    }

    /// <summary>Says that a raw file has no rows of a month any more, which is due then.</summary>
    public async Task RemoveAsync(string month, string runId, string stem, CancellationToken cancellationToken)
    {
        await records.DeleteAsync(LakeKeys.MonthEntry(month, stem), cancellationToken);
        await MarkAsync(month, runId, stem, cancellationToken);
    }

    /// <summary>Forgets what the typed tables hold of a month: it is built anew when it is written next.</summary>
    public Task ForgetAsync(string month, CancellationToken cancellationToken) => records.DeleteAsync(LakeKeys.MonthRecord(month), cancellationToken);

    /// <summary>The months that are due, in order.</summary>
    public async Task<IReadOnlyList<string>> ListDueAsync(CancellationToken cancellationToken)
    {
        SortedSet<string> months = new(StringComparer.Ordinal);
        await foreach (var found in lake.ListAsync(LakeKeys.DueMonths, cancellationToken: cancellationToken))
        {
            if (DueMark.Parse(found.Key) is { } mark)
            {
                months.Add(mark.Month);
            }
        }

        return [.. months];
    }

    /// <summary>Whether a month is due.</summary>
    public async Task<bool> IsDueAsync(string month, CancellationToken cancellationToken) => (await ListDueAsync(month, cancellationToken)).Count > 0;

    /// <summary>What makes a month due.</summary>
    internal async Task<IReadOnlyList<DueMark>> ListDueAsync(string month, CancellationToken cancellationToken) => await lake
        .ListAsync(LakeKeys.Due(month), cancellationToken: cancellationToken)
        .Select(found => DueMark.Parse(found.Key))
        .OfType<DueMark>()
        .ToListAsync(cancellationToken);

    /// <summary>Takes back what made a month due.</summary>
    internal Task SettleAsync(IEnumerable<DueMark> marks, CancellationToken cancellationToken) =>
        EachAsync(marks, mark => records.DeleteAsync(mark.Key, cancellationToken), cancellationToken);

    /// <summary>Takes out the entries of files that are gone.</summary>
    internal Task DropAsync(string month, IEnumerable<string> stems, CancellationToken cancellationToken) =>
        EachAsync(stems, stem => records.DeleteAsync(LakeKeys.MonthEntry(month, stem), cancellationToken), cancellationToken);

    /// <summary>The entries of these files that there are, in order of raw file.</summary>
    internal Task<IReadOnlyList<MonthEntry>> FindEntriesAsync(string month, IEnumerable<string> stems, CancellationToken cancellationToken) =>
        ReadAsync(stems.Select(stem => LakeKeys.MonthEntry(month, stem)), cancellationToken);

    /// <summary>All entries of a month, in order of raw file.</summary>
    internal async Task<IReadOnlyList<MonthEntry>> FindEntriesAsync(string month, CancellationToken cancellationToken)
    {
        var keys = await lake.ListAsync(LakeKeys.MonthEntries(month), cancellationToken: cancellationToken)
            .Select(found => found.Key)
            .ToListAsync(cancellationToken);
        return await ReadAsync(keys, cancellationToken);
    }

    /// <summary>What the typed tables hold of a month; null: nothing is known, and they have to be built anew.</summary>
    public Task<MonthRecord?> FindAsync(string month, CancellationToken cancellationToken) =>
        records.FindAsync<MonthRecord>(LakeKeys.MonthRecord(month), cancellationToken);

    /// <summary>Says what the typed tables hold of a month now.</summary>
    internal Task WriteAsync(MonthRecord record, CancellationToken cancellationToken) =>
        records.WriteAsync(LakeKeys.MonthRecord(record.Month), record, cancellationToken);

    private async Task<IReadOnlyList<MonthEntry>> ReadAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        ConcurrentBag<MonthEntry> entries = [];
        await EachAsync(
            keys,
            async key =>
            {
                if (await records.FindAsync<MonthEntry>(key, cancellationToken) is { } entry)
                {
                    entries.Add(entry);
                }
            },
            cancellationToken);
        return [.. entries.OrderBy(entry => entry.RawFile, StringComparer.Ordinal)];
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        (item, _) => new ValueTask(action(item)));

    private sealed record DueFile(string Stem);
}
