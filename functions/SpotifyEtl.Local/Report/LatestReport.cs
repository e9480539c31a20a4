using EmbeddedHost.Hosting;
using Microsoft.Extensions.Options;

namespace SpotifyEtl.Local.Report;

/// <summary>The report after the last run, in this host's state folder.</summary>
internal sealed class LatestReport(IOptions<EmbeddedHostOptions> host)
{
    private string Path => ReportFile.LatestIn(host.Value.StateFolder);

    /// <summary>When it was written; null: there is none.</summary>
    public DateTimeOffset? WrittenAt => File.Exists(Path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(Path)) : null;

    /// <summary>The page, to be read once; null: there is none.</summary>
    public Stream? TryOpen()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
