using System.Collections;
using System.Collections.Frozen;
using Parquet.Schema;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>
/// One typed table's file of one month: made of the file before and of the CSV of the raw files whose rows have changed, in order of raw file. The bytes
/// are those that all of the month's CSV gives.
/// </summary>
internal sealed class MonthTable(ILake lake, Table table, string month)
{
    private readonly ParquetSchema _schema = MonthSchema.Of(table);

    /// <summary>Writes the file, if it changes.</summary>
    /// <param name="change">Whose rows have changed, and the entries of those who have any.</param>
    /// <param name="held">The rows that the file is to have now; null: whatever it has, it is made anew.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>What it has then; null: somebody else wrote it meanwhile.</returns>
    /// <exception cref="MonthFileException">It is not what it is to be now, and has to be made anew.</exception>
    public async Task<MonthTableResult?> WriteAsync(MonthChange change, long? held, CancellationToken cancellationToken)
    {
        HashSet<string> gone = new(StringComparer.Ordinal);
        HashSet<string> damaged = new(StringComparer.Ordinal);
        List<string> warnings = [];
        while (true)
        {
            await using var replacement = await lake.BeginReplacementAsync(table.TypedKeyFor(month), cancellationToken);
            var files = change.Entries.Where(entry => entry.Rows[table] > 0 && !gone.Contains(entry.Stem) && !damaged.Contains(entry.Stem)).ToList();
            MonthParts parts = new(lake, table, month, change.Stems, files);
            try
            {
                using var writer = await MonthFileWriter.CreateAsync(table, _schema, replacement.After, cancellationToken);
                var chosen = await ChooseAsync(replacement.Before, held, parts, writer.Group, cancellationToken);
                await using var before = await OpenAsync(replacement.Before, held, cancellationToken);
                var merge = chosen is { AreGathered: true }
                    ? new Merge { Rows = writer.Group.Count, Differs = writer.Group.Count > 0 }
                    : await MergeAsync(before, parts, chosen?.Rows, writer, cancellationToken);
                var isWritten = merge.Differs || held is null
                    ? await EndAsync(replacement, writer, merge.Rows, cancellationToken)
                    : true;
                warnings.AddRange(merge.Warning(table, month) is { } warning ? [warning] : []);
                return isWritten ? new MonthTableResult(merge.Rows, warnings) { Gone = gone, Damaged = damaged } : null;
            }
            catch (DamagedTableFileException exception)
            {
                // Rows of it may have gone into the file: it is made once more, without them.
                if (exception.IsMissing && !await HasRawFileAsync(change.RawFileOf(exception.Stem), cancellationToken))
                {
                    gone.Add(exception.Stem);
                    continue;
                }

                damaged.Add(exception.Stem);
                warnings.Add(
                    $"{exception.Message}. Its rows are not in {table.TypedName} of {month}: put {exception.Stem}'s raw file into "
                    + $"{LakeKeys.ToProcess} again, or reprocess it.");
            }
        }
    }

    private async Task<bool> HasRawFileAsync(RawFileName file, CancellationToken cancellationToken) =>
        await lake.FindAsync(file.ProcessedKey, cancellationToken) is not null || await lake.FindAsync(file.ToProcessKey, cancellationToken) is not null;

    private async Task<MonthFile?> OpenAsync(Stream? before, long? held, CancellationToken cancellationToken, IReadOnlySet<string>? only = null)
    {
        if (before is null)
        {
            return held > 0 ? throw new MonthFileException(MonthFileFault.Damaged) : null;
        }

        MonthFile file;
        try
        {
            file = await MonthFile.OpenAsync(table, _schema, before, only, cancellationToken);
        }
        catch (MonthFileException exception) when (held is null && exception.Fault is not MonthFileFault.Foreign)
        {
            return null;
        }

        if (file.Rows == held)
        {
            return file;
        }

        await file.DisposeAsync();
        return held is null ? null : throw new MonthFileException(MonthFileFault.Damaged);
    }

    private async Task<Merge> MergeAsync(MonthFile? before, MonthParts parts, BitArray? chosen, MonthFileWriter writer, CancellationToken cancellationToken)
    {
        Merge merge = new();
        var row = 0;
        await foreach (var part in parts.ReadAsync(before, cancellationToken))
        {
            if (part.Added is not { } added)
            {
                merge.Differs |= part.HasChanged;
                merge.Rows += await TakeAsync(part, writer, cancellationToken);
                row += part.Held!.Count;
                continue;
            }

            while (await added.ReadAsync(cancellationToken))
            {
                if (chosen is null || chosen[row++])
                {
                    merge.Rows++;
                    merge.Differs = true;
                    await writer.AddAsync(added.Row, added.RawFile, cancellationToken);
                }
            }

            merge.LeastColumns = Math.Min(merge.LeastColumns, added.ColumnCount);
            merge.EarlierFiles += added.ColumnCount < table.Columns.Count ? 1 : 0;
        }

        return merge;
    }

    private static async Task<long> TakeAsync(MonthPart part, MonthFileWriter writer, CancellationToken cancellationToken)
    {
        var held = part.Held!;
        if (part.HasChanged)
        {
            held.Next.Skip(held.Count);
            return 0;
        }

        await writer.TakeAsync(held.Next, held.Count, cancellationToken);
        return held.Count;
    }

    // A play is one row of the month, whoever tells of it; rows of other tables all stand.
    private async Task<ChosenPlays?> ChooseAsync(Stream? before, long? held, MonthParts parts, MonthRows group, CancellationToken cancellationToken)
    {
        if (table != Table.Play)
        {
            return null;
        }

        await using var file = await OpenAsync(before, held, cancellationToken, PlayRows.Columns);
        using PlayRows rows = new(table, _schema);
        return await rows.ChooseAsync(file, parts, group, cancellationToken);
    }

    private static async Task<bool> EndAsync(LakeReplacement replacement, MonthFileWriter writer, long rows, CancellationToken cancellationToken)
    {
        if (rows == 0)
        {
            return replacement.Before is null || await replacement.TryDeleteAsync(cancellationToken);
        }

        await writer.FinishAsync(cancellationToken);
        return await replacement.TryCommitAsync(cancellationToken);
    }

    private sealed class Merge
    {
        public long Rows { get; set; }

        public bool Differs { get; set; }

        /// <summary>The raw files whose CSV an earlier version wrote, with fewer columns.</summary>
        public int EarlierFiles { get; set; }

        public int LeastColumns { get; set; } = int.MaxValue;

        public string? Warning(Table table, string month) => EarlierFiles == 0
            ? null
            : $"{table.TypedName} of {month} lacks {string.Join(", ", table.Columns.Skip(LeastColumns))} of {EarlierFiles} raw "
                + $"file{(EarlierFiles == 1 ? "" : "s")}, whose CSV an earlier version wrote: reprocess fills them.";
    }
}

/// <summary>What a typed table's file of a month has.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Warnings">What it lacks and why, in sentences.</param>
internal sealed record MonthTableResult(long Rows, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether something else wrote what lies in the place of the file.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The stems of the raw files that are not in the lake any more, nor their CSV.</summary>
    public IReadOnlySet<string> Gone { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The stems of the raw files whose CSV cannot be taken.</summary>
    public IReadOnlySet<string> Damaged { get; init; } = FrozenSet<string>.Empty;
}

/// <summary>The raw files whose rows of a month have changed, and the entries of those that have any, in order of raw file.</summary>
internal sealed record MonthChange(IReadOnlySet<string> Stems, IReadOnlyList<MonthEntry> Entries)
{
    public RawFileName RawFileOf(string stem) => new(Entries.First(entry => entry.Stem == stem).RawFile);
}
