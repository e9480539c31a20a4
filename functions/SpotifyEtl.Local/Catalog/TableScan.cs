using CsvHelper;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Reads the files of a table: what a crawl does.</summary>
internal sealed class TableScan(FolderLake lake, Table table)
{
    // The kernel stamps files with a clock that advances every few milliseconds.
    private static readonly TimeSpan s_clockGrain = TimeSpan.FromMilliseconds(10);

    private static readonly CsvReaderOptions s_strict = new()
    {
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = false,
    };

    /// <summary>The entry of a table that has no crawler: its CSV files as they are now, their rows not counted.</summary>
    public CatalogEntry List(CancellationToken cancellationToken) => new(
        table.CatalogName,
        table.Columns,
        0,
        [.. Files(cancellationToken).Select(file => new CatalogFile(file.Key[table.Prefix.Length..], file.SizeBytes, Modified: null, 0))],
        new LastCrawl(LastCrawlStatus.Succeeded, DateTimeOffset.UnixEpoch, null));

    /// <summary>
    /// Lists the table's CSV files and counts their rows. Files that have not changed since <paramref name="previous"/> are not read again.
    /// </summary>
    /// <exception cref="PermanentEtlException">A file is no CSV, or has other columns than the table.</exception>
    public IReadOnlyList<CatalogFile> Run(IReadOnlyList<CatalogFile> previous, DateTimeOffset crawlStart, CancellationToken cancellationToken)
    {
        var known = previous.ToDictionary(file => file.Name, StringComparer.Ordinal);
        var files = new List<CatalogFile>();
        foreach (var file in Files(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = file.Key[table.Prefix.Length..];
            var modified = file.Modified < crawlStart - s_clockGrain ? file.Modified : (DateTimeOffset?)null;
            if (known.TryGetValue(name, out var before)
                && before.SizeBytes == file.SizeBytes
                && before.Modified is not null
                && before.Modified == file.Modified)
            {
                files.Add(before);
            }
            else if (Read(file.Key, cancellationToken) is { } read)
            {
                files.Add(new CatalogFile(name, file.SizeBytes, modified, read.Rows) { Columns = read.Columns < table.Columns.Count ? read.Columns : null });
            }
        }

        return files;
    }

    private IEnumerable<FolderFile> Files(CancellationToken cancellationToken) =>
        lake.Files(table.Prefix, cancellationToken).Where(file => file.Key.EndsWith(".csv", StringComparison.Ordinal));

    /// <summary>The file's rows; null when there is none, or none any more.</summary>
    /// <exception cref="PermanentEtlException">A file is no CSV, or has other columns than the table.</exception>
    public long? CountRows(string key, CancellationToken cancellationToken) => Read(key, cancellationToken)?.Rows;

    private (long Rows, int Columns)? Read(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = CsvReader.Create(lake.OpenRead(key), s_strict);
            CheckColumns(key, reader);
            while (reader.Read())
            {
                if (reader.RowNumber % 4096 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            return (reader.RowNumber, reader.Headers.Count);
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
        catch (CsvFormatException exception)
        {
            throw new PermanentEtlException(
                $"{key} in the lake ({lake.Root}) is not a CSV file of {table.CatalogName}: {exception.Message} {Remedy}", exception);
        }
    }

    private void CheckColumns(string key, CsvReader reader)
    {
        reader.ReadHeader();
        // A file of an earlier version lacks columns at its end.
        if (reader.Headers.Count == 0 || !reader.Headers.SequenceEqual(table.Columns.Take(reader.Headers.Count), StringComparer.Ordinal))
        {
            var found = reader.Headers.Count == 0 ? "no columns" : $"the columns {string.Join(", ", reader.Headers)}";
            throw new PermanentEtlException(
                $"{key} in the lake ({lake.Root}) has {found}; {table.CatalogName} has {string.Join(", ", table.Columns)}. {Remedy}");
        }
    }

    private const string Remedy = "Delete the file, or put its raw file into raw_data/to_process, and start a run.";
}
