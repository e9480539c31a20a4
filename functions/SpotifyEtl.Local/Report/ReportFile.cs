using System.Text;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Writes reports.</summary>
internal sealed partial class ReportFile(IReportSource source, ReportReader reader, IOptions<EmbeddedHostOptions> host, ILogger<ReportFile> logger)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The report after each run, in a state folder.</summary>
    public static string LatestIn(string stateFolder) => Path.Combine(stateFolder, "reports", "latest.html");

    /// <summary>Writes a report under a temporary name and renames it: readers see the old one or the new one, whole.</summary>
    public static async Task WriteAsync(string path, ReportContents contents, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var page = await ReportRenderer.RenderAsync(contents);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, page, s_utf8, cancellationToken);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Writes the report of a run that has ended into the state folder, except where its queries would cost money, to which nobody has agreed.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="mostRows">The most rows that the tables may have for it to be written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The report; null when there is none. What kept it from being written is a warning in the log, and never the run's failure.</returns>
    public async Task<WrittenReport?> WriteAfterRunAsync(RunResult run, long mostRows, CancellationToken cancellationToken)
    {
        var path = LatestIn(host.Value.StateFolder);
        try
        {
            if (await source.CountRowsAsync(cancellationToken) is not { } rows || rows > mostRows)
            {
                return null;
            }

            // The queries' memory comes on top of the run's, and there is no need for both at once.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var contents = await reader.ReadAsync(run, cancellationToken);
            await WriteAsync(path, contents, cancellationToken);
            return new WrittenReport(path, contents);
        }
#pragma warning disable CA1031 // Whatever it was: the run has ended, and what it did stays.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotWritten(logger, path, run.RunId, exception.Message);
            return null;
        }
    }

    [LoggerMessage(
        600,
        LogLevel.Warning,
        "The report {Path} of run {InstanceId} was not written: {Reason} The run is not touched by that; 'spotify-etl report' writes it later.")]
    private static partial void NotWritten(ILogger logger, string path, string instanceId, string reason);
}

/// <summary>A report, and where it is.</summary>
internal sealed record WrittenReport(string Path, ReportContents Contents);
