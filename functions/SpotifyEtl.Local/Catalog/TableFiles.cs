using CsvHelper;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>The CSV files of a table: which there are, and what is in them.</summary>
internal sealed class TableFiles(FolderLake lake, Table table)
{
    private const string Remedy = "Delete the file, or put its raw file into raw_data/to_process, and start a run.";

    private static readonly CsvReaderOptions s_strict = new()
    {
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = false,
    };

    /// <summary>All of them, in ordinal order.</summary>
    public IEnumerable<FolderFile> List(CancellationToken cancellationToken) =>
        lake.Files(table.Prefix, cancellationToken).Where(file => IsOfTable(file.Key));

    /// <summary>One, by its path in the table's folder; null when there is none, or it is none of the table's.</summary>
    public FolderFile? Find(string name)
    {
        var key = table.Prefix + name;
        return IsOfTable(key) && FolderKey.IsValid(key) && !FolderKey.IsHidden(key) ? lake.FileAt(key) : null;
    }

    /// <summary>The entry of a table that has no crawler: its files as they are now, their rows not counted.</summary>
    public CatalogEntry ToEntry(CancellationToken cancellationToken) => new(
        table.CatalogName,
        table.Columns,
        0,
        [.. List(cancellationToken).Select(file => new CatalogFile(NameOf(file), file.SizeBytes, Modified: null, 0))],
        new LastCrawl(LastCrawlStatus.Succeeded, DateTimeOffset.UnixEpoch, null));

    public string NameOf(FolderFile file) => file.Key[table.Prefix.Length..];

    /// <summary>The file's rows; null when there is none, or none any more.</summary>
    /// <exception cref="PermanentEtlException">It is no CSV, or has other columns than the table.</exception>
    public long? CountRows(string key, CancellationToken cancellationToken) => Read(key, cancellationToken)?.Rows;

    /// <summary>How many rows and columns a file has; null when there is none, or none any more.</summary>
    /// <exception cref="PermanentEtlException">It is no CSV, or has other columns than the table.</exception>
    public (long Rows, int Columns)? Read(string key, CancellationToken cancellationToken)
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

    private static bool IsOfTable(string key) => key.EndsWith(".csv", StringComparison.Ordinal);

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
}
