using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Finds out which files a table has: what a crawl does.</summary>
/// <param name="files">The table's files.</param>
/// <param name="table">The table.</param>
/// <param name="start">When the crawl began.</param>
internal sealed class TableScan(TableFiles files, Table table, DateTimeOffset start)
{
    // The kernel stamps files with a clock that advances every few milliseconds.
    private static readonly TimeSpan s_clockGrain = TimeSpan.FromMilliseconds(10);

    private readonly SortedDictionary<string, string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>How many files were looked at: their sizes and times, and unless those were known, their rows.</summary>
    public int Looks { get; private set; }

    /// <summary>The files that are no CSV, or have other columns than the table, by name, each with what is to be said of it. They are left out.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable;

    /// <summary>Looks at all files of the folder. Those that are as they were known, and did not change, are not read again.</summary>
    public IReadOnlyList<CatalogFile> All(IReadOnlyList<CatalogFile> known, IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        var unchanged = known.Where(file => !changed.Contains(file.Name)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        List<CatalogFile> found = [];
        foreach (var file in files.List(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Looks++;
            if (unchanged.TryGetValue(files.NameOf(file), out var before)
                && before.SizeBytes == file.SizeBytes
                && before.Modified is not null
                && before.Modified == file.Modified)
            {
                found.Add(before);
            }
            else if (Read(file, cancellationToken) is { } read)
            {
                found.Add(read);
            }
        }

        return found;
    }

    /// <summary>Looks at the files that changed, or are gone; the others are as they were known.</summary>
    public IReadOnlyList<CatalogFile> Changed(IReadOnlyList<CatalogFile> known, IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        List<CatalogFile> found = [.. known.Where(file => !changed.Contains(file.Name))];
        foreach (var name in changed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Looks++;
            if (files.Find(name) is { } file && Read(file, cancellationToken) is { } read)
            {
                found.Add(read);
            }
        }

        return [.. found.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private CatalogFile? Read(FolderFile file, CancellationToken cancellationToken)
    {
        var modified = file.Modified < start - s_clockGrain ? file.Modified : (DateTimeOffset?)null;
        try
        {
            return files.Read(file.Key, cancellationToken) is { } read
                ? new CatalogFile(files.NameOf(file), file.SizeBytes, modified, read.Rows)
                {
                    Columns = read.Columns < table.Columns.Count ? read.Columns : null,
                }
                : null;
        }
        catch (PermanentEtlException exception)
        {
            _unreadable[files.NameOf(file)] = exception.Message;
            return null;
        }
    }
}
