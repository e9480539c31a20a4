using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Tells that a crawl of a table was asked for and has not ended, which outlives the process: <c>.catalog/{table}_data.crawling</c> in the lake. The crawl
/// that begins takes it over, so that at its end it takes away what was asked before it looked, and not what another process asks meanwhile.
/// </summary>
internal sealed class CrawlMark(FolderLake lake, Table table)
{
    private readonly string _asked = Path.Combine(lake.Root, ".catalog", table.CatalogName + ".crawling");
    private readonly string _begun = Path.Combine(lake.Root, ".catalog", table.CatalogName + ".crawling-begun");

    public bool IsThere => File.Exists(_asked) || File.Exists(_begun);

    /// <summary>A crawl is asked for.</summary>
    public void Leave()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_asked)!);
            File.WriteAllBytes(_asked, []);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw Failure(exception);
        }
    }

    /// <summary>A crawl begins.</summary>
    public void TakeOver()
    {
        try
        {
            File.Move(_asked, _begun, overwrite: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process took it over and crawled since.
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw Failure(exception);
        }
    }

    /// <summary>The crawl has ended. Where the mark cannot be taken away, the next process crawls once more, which does no harm.</summary>
    public void TakeAway()
    {
        try
        {
            File.Delete(_begun);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
        }
    }

    private EtlException Failure(Exception exception) =>
        FolderFailure.Of(exception, "write", $".catalog/{table.CatalogName}.crawling", _asked);
}
