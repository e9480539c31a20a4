using System.Runtime.CompilerServices;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>What a typed table's file of a month is made of: the file before and the CSV of the raw files whose rows have changed.</summary>
internal sealed class MonthParts(ILake lake, Table table, string month, IReadOnlySet<string> changed, IReadOnlyList<MonthEntry> files)
{
    // A CSV file is asked for while those before it are read.
    private const int FilesAhead = 64;

    /// <summary>Reads the parts in order of raw file. A run of the file before has to be taken or skipped before the next part is asked for.</summary>
    /// <param name="before">The file before; null: there is none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<MonthPart> ReadAsync(MonthFile? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TableFilesAhead ahead = new(lake, table, month, files, FilesAhead);
        await using (ahead)
        {
            var next = 0;
            var holds = before is not null && await before.NextAsync(cancellationToken);
            while (holds || next < files.Count)
            {
                if (holds && (next == files.Count || string.CompareOrdinal(before!.RawFile, files[next].RawFile) <= 0))
                {
                    yield return new MonthPart(before, changed.Contains(new RawFileName(before!.RawFile).Stem), Added: null);
                    holds = await before.NextAsync(cancellationToken);
                }
                else
                {
                    await using var added = await ahead.OpenNextAsync(cancellationToken);
                    yield return new MonthPart(Held: null, HasChanged: true, added);
                    next++;
                }
            }
        }
    }
}

/// <summary>The rows of one raw file: a run of the file before, or those that came.</summary>
/// <param name="Held">The file before, at the run; null: the rows came.</param>
/// <param name="HasChanged">Whether these rows are no more what the raw file gives.</param>
/// <param name="Added">The rows that came; null: they are of the file before.</param>
internal sealed record MonthPart(MonthFile? Held, bool HasChanged, EntryRows? Added);
