using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>run</c> says at its end.</summary>
internal static class RunResultOutput
{
    /// <summary>Writes the result: for people, or as one JSON object.</summary>
    public static async Task WriteAsync(Shell shell, IServiceProvider services, RunResult result, bool json)
    {
        if (json)
        {
            shell.Out.WriteLine(JsonSerializer.Serialize(RunResultJson.Of(result), PayloadJson.Options));
        }
        else
        {
            shell.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Run {result.RunId} {(result.Status is RunStatus.Succeeded ? "succeeded" : "failed")} in {(result.EndedAt - result.StartedAt).TotalSeconds:0.0} s;"));
            shell.Out.WriteLine(TerminalText.Clean($"the lake is {services.GetRequiredService<ILake>().Location}"));
            shell.Out.WriteLine();
            WriteCounts(shell.Out, result, shell.Width);
            shell.Out.WriteLine();
            await shell.Out.FlushAsync();
        }

        foreach (var problem in result.Problems.Concat(result.Warnings ?? []))
        {
            await shell.Error.WriteLineAsync(TerminalText.Clean(problem));
        }
    }

    /// <summary>Writes one of the report's answers as an example of what the lake holds, and where the report is; or how to ask for both.</summary>
    /// <param name="shell">Where to.</param>
    /// <param name="services">The host's.</param>
    /// <param name="result">What the run did.</param>
    /// <param name="report">The report after it; null: there is none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WriteAnswersAsync(Shell shell, IServiceProvider services, RunResult result, WrittenReport? report, CancellationToken cancellationToken)
    {
        var isCrawled = result.Crawlers.Any(crawler => crawler.Status is CrawlStatus.Succeeded);
        if (isCrawled && report?.Contents.Answers?.TopSongs is { Refusal: null } answer)
        {
            shell.Out.WriteLine($"{answer.Query.Description} (query --name {answer.Query.Name})");
            shell.Out.WriteLine();
            await shell.Out.FlushAsync(cancellationToken);
            QueryResult rows = new(answer.Columns, answer.Rows.ToAsyncEnumerable());
            await QueryOutput.WriteAsync(rows, QueryFormat.Table, shell.OpenOut(), shell.Width, cancellationToken);
        }
        else if (isCrawled && report is null && services.GetService<FolderLake>() is { } folder)
        {
            var files = await new CatalogStore(folder).CountFilesAsync(cancellationToken);
            shell.Out.WriteLine($"The lake holds the tables of {files} raw files: 'query --name top_songs' and 'report' show them, in some seconds.");
        }

        if (report is not null)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine($"The report is in {shell.Shown(report.Path)}");
        }
    }

    /// <summary>Writes what became of the playlists and files, and the rows of each table.</summary>
    public static void WriteCounts(TextWriter output, RunResult result, int? width)
    {
        foreach (var playlist in result.Playlists)
        {
            var indent = "  ";
            foreach (var line in Paragraph.Lines(TerminalText.Clean($"playlist {playlist.PlaylistId} {playlist.Status.ToString().ToLowerInvariant()}{What(playlist)}{Waits(playlist)}"), width - indent.Length))
            {
                output.WriteLine(indent + line);
                indent = "           ";
            }
        }

        output.WriteLine(
            $"  files    {result.Files.Transformed} transformed, {result.Files.Rejected} rejected{(result.Files.Failed > 0 ? $", {result.Files.Failed} failed" : "")}");
        output.WriteLine();
        output.WriteLine("  table                    rows");
        foreach (var table in Table.All)
        {
            output.WriteLine($"  {table.CatalogName,-18} {result.Rows[table],10}");
        }
    }

    private static string What(PlaylistResult playlist) => playlist switch
    {
        { Status: PlaylistStatus.Loaded } => $": {playlist.Name}, {playlist.Items} items",
        { Status: PlaylistStatus.Skipped } => $": {playlist.Name} has not changed since it was loaded (--force loads it again)",
        _ => $": {playlist.Message}",
    };

    private static string Waits(PlaylistResult playlist) => playlist is { Deferrals: > 0, DeferredUntil: { } until }
        ? string.Create(CultureInfo.InvariantCulture, $" (Spotify put it off {(playlist.Deferrals == 1 ? "once" : $"{playlist.Deferrals} times")}, last until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)")
        : "";
}
