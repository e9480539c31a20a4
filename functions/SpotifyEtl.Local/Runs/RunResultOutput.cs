using System.Globalization;
using System.Text.Json;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>run</c> says at its end.</summary>
internal sealed class RunResultOutput(Shell shell, ILake lake, IReportSource source)
{
    /// <summary>Writes the result: for people, or as one JSON object.</summary>
    public async Task WriteAsync(RunResult result, bool json)
    {
        if (json)
        {
            shell.Out.WriteLine(JsonSerializer.Serialize(RunResultJson.Of(result), PayloadJson.Options));
        }
        else
        {
            var end = result.Status is RunStatus.Succeeded ? "succeeded" : "failed";
            var seconds = (result.EndedAt - result.StartedAt).TotalSeconds;
            shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Run {result.RunId} {end} in {seconds:0.0} s;"));
            shell.Out.WriteLine(TerminalText.Clean($"the lake is {lake.Location}"));
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
    /// <param name="result">What the run did.</param>
    /// <param name="report">The report after it; null: there is none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAnswersAsync(RunResult result, WrittenReport? report, CancellationToken cancellationToken)
    {
        var isCrawled = result.Crawlers.Any(crawler => crawler.Status is CrawlStatus.Succeeded);
        if (isCrawled && report?.Contents.Answers?.TopSongs is { Refusal: null } answer)
        {
            shell.Out.WriteLine($"{answer.Query.Description} (query --name {answer.Query.Name})");
            shell.Out.WriteLine();
            await shell.Out.FlushAsync(cancellationToken);
            QueryResult answered = new(answer.Columns, answer.Rows.Select(row => row.Values).ToAsyncEnumerable());
            await QueryOutput.WriteAsync(answered, QueryFormat.Table, shell.OpenOut(), shell.Width, cancellationToken);
        }
        else if (isCrawled && report is null && await source.CountRowsAsync(cancellationToken) is { } rows)
        {
            var held = rows.ToString(CultureInfo.InvariantCulture);
            shell.Out.WriteLine($"The lake's tables hold {held} rows: 'query --name top_songs' and 'report' show them, in some seconds.");
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
        var playlists = result.Playlists.Select(playlist =>
            $"playlist {playlist.PlaylistId} {Word(playlist.Status)}{What(playlist)}{Waits(playlist.Deferrals, playlist.DeferredUntil)}");
        var sources = (result.Sources ?? []).Select(source =>
            $"source {source.Source} {Word(source.Status)}{What(source)}{Waits(source.Deferrals, source.DeferredUntil)}");
        foreach (var text in playlists.Concat(sources))
        {
            var indent = "  ";
            foreach (var line in Paragraph.Lines(TerminalText.Clean(text), width - indent.Length))
            {
                output.WriteLine(indent + line);
                indent = "           ";
            }
        }

        var failed = result.Files.Failed > 0 ? $", {result.Files.Failed} failed" : "";
        output.WriteLine($"  files    {result.Files.Transformed} transformed, {result.Files.Rejected} rejected{failed}");
        foreach (var line in Paragraph.Lines($"  months   {(result.Months is { } months ? string.Join(", ", months) : "none")} written", width))
        {
            output.WriteLine(line);
        }

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

    private static string What(SourceResult source) => source switch
    {
        { Status: PlaylistStatus.Loaded, Playlists: not null } => $": {source.Items} playlists found",
        { Status: PlaylistStatus.Loaded } => $": {source.Name}, {source.Items} items",
        _ => $": {source.Message}",
    };

    private static string Word(PlaylistStatus status) => status.ToString().ToLowerInvariant();

    private static string Waits(int deferrals, DateTimeOffset? deferredUntil)
    {
        if (deferrals == 0 || deferredUntil is not { } until)
        {
            return "";
        }

        var often = deferrals == 1 ? "once" : $"{deferrals} times";
        return string.Create(CultureInfo.InvariantCulture, $" (Spotify put it off {often}, last until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)");
    }
}
