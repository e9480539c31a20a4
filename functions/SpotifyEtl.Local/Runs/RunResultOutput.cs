using System.Globalization;
using System.Text.Json;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Formats;
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
            var end = shell.Paint(result.Status.ToString().ToLowerInvariant(), RunStatusText.ShadeOf(result.Status));
            var seconds = (result.EndedAt - result.StartedAt).TotalSeconds;
            shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Run {result.RunId} {end} in {seconds:0.0} s"));
            shell.Out.WriteLine();
            WriteCounts(shell, result, TerminalText.Clean(lake.Location));
            shell.Out.WriteLine();
            await shell.Out.FlushAsync();
        }

        var problems = result.Problems.Select(text => (text, Shade.Bad));
        foreach (var (text, shade) in problems.Concat((result.Warnings ?? []).Select(text => (text, Shade.Caution))))
        {
            shell.Note(TerminalText.Clean(shell.Typed(text)), shade);
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
            WriteParagraph(shell.Typed($"{answer.Query.Description} (spotify-etl query --name {answer.Query.Name})"));
            shell.Out.WriteLine();
            await shell.Out.FlushAsync(cancellationToken);
            // Of most lakes several columns are empty, and a terminal has no room for these.
            var filled = Enumerable.Range(0, answer.Columns.Count).Where(column => answer.Rows.Any(row => row.Values[column] is not null)).ToList();
            QueryResult answered = new(
                [.. filled.Select(column => answer.Columns[column])],
                answer.Rows.Select(row => (IReadOnlyList<string?>)[.. filled.Select(column => row.Values[column])]).ToAsyncEnumerable());
            await QueryOutput.WriteAsync(answered, QueryFormat.Table, shell.OpenOut(), shell.Width, cancellationToken);
        }
        else if (isCrawled && report is null && await source.CountRowsAsync(cancellationToken) is { } rows)
        {
            var held = rows.ToString(CultureInfo.InvariantCulture);
            WriteParagraph(shell.Typed(
                $"The lake's tables hold {held} rows: 'spotify-etl query --name top_songs' and 'spotify-etl report' show them, in some seconds."));
        }

        if (report is not null)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine($"The report is in {shell.Shown(report.Path)}");
        }
    }

    /// <summary>Writes what became of the playlists and files, and the rows of each table that has any.</summary>
    /// <param name="shell">Where to.</param>
    /// <param name="result">What the run did.</param>
    /// <param name="lake">Where the lake is; null: that is not said.</param>
    public static void WriteCounts(Shell shell, RunResult result, string? lake = null)
    {
        var playlists = result.Playlists.Select(playlist =>
            ("playlist", $"{playlist.PlaylistId} {Word(playlist.Status)}{What(playlist)}{Waits(playlist.Deferrals, playlist.DeferredUntil)}"));
        var sources = (result.Sources ?? []).Select(source =>
            ("source", $"{source.Source} {Word(source.Status)}{What(source)}{Waits(source.Deferrals, source.DeferredUntil)}"));
        var failed = result.Files.Failed > 0 ? $", {result.Files.Failed} failed" : "";
        var rejected = result.Files.Rejected > 0 ? $", {result.Files.Rejected} rejected" : "";
        List<(string Name, string Text)> lines =
        [
            .. playlists,
            .. sources,
            ("files", $"{result.Files.Transformed} transformed{rejected}{failed}"),
            .. result.Months is { } months ? [("months", $"{string.Join(", ", months)} written")] : Array.Empty<(string, string)>(),
            .. lake is null ? Array.Empty<(string, string)>() : [("lake", lake)],
        ];
        foreach (var (name, text) in lines)
        {
            var lead = $"  {name,-9}";
            foreach (var line in Paragraph.Lines(TerminalText.Clean(shell.Typed(text)), shell.Width - lead.Length))
            {
                shell.Out.WriteLine(lead + line);
                lead = new string(' ', lead.Length);
            }
        }

        var rows = Table.All.Select(table => (table.CatalogName, Rows: result.Rows[table])).Where(table => table.Rows > 0).ToList();
        if (rows.Count > 0)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine("  table                    rows");
            foreach (var (table, count) in rows)
            {
                shell.Out.WriteLine($"  {table,-18} {count,10}");
            }
        }
    }

    private void WriteParagraph(string text)
    {
        foreach (var line in Paragraph.Lines(text, shell.Width))
        {
            shell.Out.WriteLine(line);
        }
    }

    private static string What(PlaylistResult playlist) => playlist switch
    {
        { Status: PlaylistStatus.Loaded } => $": {playlist.Name}, {playlist.Items} items",
        { Status: PlaylistStatus.Skipped } => $": {playlist.Name} has not changed since it was loaded (--force loads it again)",
        _ => "",
    };

    private static string What(SourceResult source) => source switch
    {
        { Status: PlaylistStatus.Loaded, Playlists: not null } => $": {source.Items} playlists found",
        { Status: PlaylistStatus.Loaded } => $": {source.Name}, {source.Items} items",
        { Status: PlaylistStatus.Skipped } => $": {source.Message}",
        _ => "",
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
