using System.Text.Json;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Payloads;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Keeps the catalog entries in the lake's folder.</summary>
internal sealed class CatalogStore(FolderLake lake)
{
    /// <summary>The table's entry, or null when it was never crawled.</summary>
    /// <exception cref="PermanentEtlException">The entry cannot be read.</exception>
    public async Task<CatalogEntry?> FindAsync(Table table, CancellationToken cancellationToken)
    {
        var key = KeyOf(table);
        try
        {
            await using var stream = await lake.OpenReadAsync(key, cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, CatalogJson.Default.CatalogEntry, cancellationToken)
                ?? throw new JsonException("It holds no entry.");
        }
        catch (LakeObjectNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new PermanentEtlException(
                $"The catalog entry {key} in the lake ({lake.Root}) cannot be read: {JsonFault.Of(exception)} The crawler of {table.CatalogName} writes it "
                    + "anew: start a run.",
                exception);
        }
    }

    /// <summary>How many raw files' rows the catalog shows; 0 when nothing was crawled.</summary>
    /// <exception cref="PermanentEtlException">The entry cannot be read.</exception>
    public async Task<int> CountFilesAsync(CancellationToken cancellationToken) => (await FindAsync(Table.Song, cancellationToken))?.Files.Count ?? 0;

    public async Task SaveAsync(Table table, CatalogEntry entry, CancellationToken cancellationToken)
    {
        await using var writer = await lake.CreateAsync(KeyOf(table), cancellationToken);
        await JsonSerializer.SerializeAsync(writer.Stream, entry, CatalogJson.Default.CatalogEntry, cancellationToken);
        await writer.CommitAsync(cancellationToken);
    }

    /// <summary>Leaves a mark that the table is being crawled, which outlives the process.</summary>
    public void MarkCrawling(Table table)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(MarkOf(table))!);
            File.WriteAllBytes(MarkOf(table), []);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw FolderFailure.Of(exception, "write", KeyOf(table), MarkOf(table));
        }
    }

    /// <summary>Whether a crawl of the table began that has not ended.</summary>
    public bool IsMarkedCrawling(Table table) => File.Exists(MarkOf(table));

    /// <summary>Takes the mark away. Where that fails, the next process crawls once more, which does no harm.</summary>
    public void UnmarkCrawling(Table table)
    {
        try
        {
            File.Delete(MarkOf(table));
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
        }
    }

    private string MarkOf(Table table) => Path.Combine(lake.Root, ".catalog", table.CatalogName + ".crawling");

    private static string KeyOf(Table table) => $".catalog/{table.CatalogName}.json";
}
