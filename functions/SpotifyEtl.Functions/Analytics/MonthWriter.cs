using System.Collections.Concurrent;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>
/// Brings the typed tables of a month up to what is in its raw files. Several may do so at once, in whichever process: none loses another's rows.
/// </summary>
public sealed class MonthWriter(ILake lake, MonthIndex index)
{
    private const int MostWritesLost = 10;

    // Of what lies beside the files of one month.
    private const int MostStrangersNamed = 3;

    // Each holds a row group in memory, and most of the work is computing.
    private const int TablesAtOnce = 2;

    // Of all months that are written in this process.
    private static readonly SemaphoreSlim s_tables = new(TablesAtOnce);

    /// <summary>Writes what is due of a month. Run twice, it finds nothing left to do.</summary>
    /// <exception cref="TransientEtlException">Others were always faster.</exception>
    public async Task<MonthResult> WriteAsync(string month, CancellationToken cancellationToken)
    {
        for (var lost = 0; lost < MostWritesLost; lost++)
        {
            // What makes the month due is seen before what it is made of: what comes meanwhile is found by the next who looks.
            var marks = await index.ListDueAsync(month, cancellationToken);
            var record = await index.FindAsync(month, cancellationToken);
            if (await WriteAsync(month, marks, record, cancellationToken) is { } outcome)
            {
                var rows = RowCounts.Of(outcome.ToDictionary(table => table.Key.Name, table => table.Value.Rows, StringComparer.Ordinal));
                await SettleAsync(new MonthRecord(month, rows), outcome.Values, marks, cancellationToken);
                return new MonthResult(
                    month, rows, [.. outcome.Values.SelectMany(table => table.Warnings), .. await FindStrangersAsync(month, cancellationToken)]);
            }
        }

        throw new TransientEtlException(
            $"The typed tables of {month} were replaced {MostWritesLost} times while they were written. The step can be repeated.");
    }

    // Athena reads whatever lies in a partition's folder.
    private async Task<IEnumerable<string>> FindStrangersAsync(string month, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(Table.All.Select(table => lake
            .ListAsync(table.TypedPrefixFor(month), cancellationToken: cancellationToken)
            .Where(other => other.Key != table.TypedKeyFor(month) && !other.Key.EndsWith('/'))
            .Take(MostStrangersNamed)
            .Select(other => $"{other.Key} was not written by this pipeline, and in Athena its rows would be rows of {table.TypedName}: move it away.")
            .ToListAsync(cancellationToken)
            .AsTask()));
        return found.SelectMany(warnings => warnings).Take(MostStrangersNamed);
    }

    // A month of ten years ago has plays, and no rows of any other table. What the record says is not asked: a process that was killed may have written
    // more than it came to record.
    private async Task<bool> HasNothingAsync(string month, Table table, MonthChange change, CancellationToken cancellationToken) =>
        !change.Entries.Any(entry => entry.Rows[table] > 0) && await lake.FindAsync(table.TypedKeyFor(month), cancellationToken) is null;

    private async Task SettleAsync(
        MonthRecord record, IEnumerable<MonthTableResult> tables, IReadOnlyList<DueMark> marks, CancellationToken cancellationToken)
    {
        await index.DropAsync(record.Month, tables.SelectMany(table => table.Gone).Distinct(StringComparer.Ordinal), cancellationToken);
        if (tables.Any(table => table.IsForeign))
        {
            // Once what another wrote is moved away, the month has to be built of all its raw files.
            await index.ForgetAsync(record.Month, cancellationToken);
            return;
        }

        var damaged = tables.SelectMany(table => table.Damaged).ToHashSet(StringComparer.Ordinal);
        await index.WriteAsync(record, cancellationToken);
        await index.SettleAsync(marks.Where(mark => !damaged.Contains(mark.Stem)), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Table, MonthTableResult>?> WriteAsync(
        string month, IReadOnlyList<DueMark> marks, MonthRecord? record, CancellationToken cancellationToken)
    {
        if (record is not null)
        {
            try
            {
                HashSet<string> stems = [.. marks.Select(mark => mark.Stem)];
                var entries = await index.FindEntriesAsync(month, stems, cancellationToken);
                return await WriteAsync(month, new MonthChange(stems, entries), record, cancellationToken);
            }
            catch (MonthFileException)
            {
                // What is there is not what was written last: all of the month is made anew.
            }
        }

        var all = await index.FindEntriesAsync(month, cancellationToken);
        var everything = new MonthChange(all.Select(entry => entry.Stem).ToHashSet(StringComparer.Ordinal), all);
        return await WriteAsync(month, everything, record: null, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Table, MonthTableResult>?> WriteAsync(
        string month, MonthChange change, MonthRecord? record, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<Table, MonthTableResult> results = [];
        var lost = false;
        await Parallel.ForEachAsync(
            Table.All,
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken },
            async (table, stop) =>
            {
                if (await HasNothingAsync(month, table, change, stop))
                {
                    results[table] = new MonthTableResult(0, []);
                    return;
                }

                await s_tables.WaitAsync(stop);
                try
                {
                    if (await new MonthTable(lake, table, month).WriteAsync(change, record?.Rows[table], stop) is { } result)
                    {
                        results[table] = result;
                    }
                    else
                    {
                        lost = true;
                    }
                }
                catch (MonthFileException exception) when (exception.Fault is MonthFileFault.Foreign)
                {
                    var warning = $"{table.TypedKeyFor(month)} was not written by this pipeline and is left as it is: {table.TypedName} lacks the month "
                        + $"{month}. Move it away: the next run writes it.";
                    results[table] = new MonthTableResult(0, [warning]) { IsForeign = true };
                }
                finally
                {
                    s_tables.Release();
                }
            });
        return lost ? null : results;
    }
}

/// <summary>What the typed tables hold of a month now, and what could not be taken into them, in sentences.</summary>
public sealed record MonthResult(string Month, RowCounts Rows, IReadOnlyList<string> Warnings);
