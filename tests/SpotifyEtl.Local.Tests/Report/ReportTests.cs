using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Tests.Catalog;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Report;

public sealed partial class ReportTests : IDisposable
{
    private readonly ReportLake _report = new();

    public void Dispose() => _report.Dispose();

    [Fact]
    public async Task Every_figure_is_what_the_query_gives()
    {
        await _report.LoadAsync();

        await SameAsQueriesAsync(_report.Files.Lake, await _report.ReadAsync());
    }

    [Fact]
    public async Task The_figures_of_the_shared_raw_files_are_those_of_the_queries()
    {
        if (SharedRawFiles.Folder is not { } raw)
        {
            return;
        }

        using SpotifyEtlProgram program = new();
        var ended = await program.RunAsync("run", "--raw", raw, "--lake", "file:shared");
        FolderLake lake = new(program.PathOf("shared"));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Complaints));
        await SameAsQueriesAsync(lake, await File.ReadAllTextAsync(program.PathOf(".spotify-etl/reports/latest.html"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hostile_titles_are_text()
    {
        await _report.LoadAsync();

        var page = await _report.ReadAsync();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["style"], Tags(page).Where(tag => tag is "style" or "link" or "img" or "iframe" or "script" or "object" or "a" or "form"));
        var titles = ReportHtml.Cells(page, "top_songs").Select(row => row[0]).ToList();
        Assert.Contains(ReportLake.Script, titles);
        Assert.Contains(ReportLake.RightToLeft, titles);
        Assert.Contains("evil \uFFFDgnissim\u241B[31m", titles);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.All(CellTag().Matches(page), cell => Assert.Contains("dir=\"auto\"", cell.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_loads_nothing_and_allows_itself_its_own_style_alone()
    {
        await _report.LoadAsync();

        var page = await _report.ReadAsync();

        var style = StyleElement().Match(page).Groups["style"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains(
            WebUtility.HtmlEncode($"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
                .Replace("&#39;", "&#x27;", StringComparison.Ordinal)
                .Replace("+", "&#x2B;", StringComparison.Ordinal),
            page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)(href=|src=|url\(|@import)", page);
    }

    [Fact]
    public async Task Every_chart_has_a_text_alternative_with_its_values()
    {
        await _report.LoadAsync();

        var page = await _report.ReadAsync();

        var charts = ChartTag().Matches(page).Select(match => match.Value)
            .Where(tag => !tag.Contains("aria-hidden=\"true\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, charts.Count);
        Assert.All(charts, chart => Assert.Contains("role=\"img\"", chart, StringComparison.Ordinal));
        Assert.Contains("Column chart: Songs by year of release. 1999: 2; 2024: 2.", page, StringComparison.Ordinal);
        Assert.Contains("How many songs moved: 1 new, 1 up, 1 same, 1 down, 1 gone.", page, StringComparison.Ordinal);
        Assert.Contains(
            "Line chart: songs of Mornings by snapshot. 2026-01-05 06:00:00 4; 2026-01-06 06:00:00 4 (1 came, 1 went).", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Growth_is_drawn_from_the_second_snapshot_on_and_told_in_the_table_before()
    {
        _report.Files.Put(Table.Song, "p", ["s1", "One", "1000", "u", "1", "2025-12-01 00:00:00+00:00", "b1", "a1", "false", "", "2026-01-05T06:00:00Z"]);
        _report.Files.Put(Table.Playlist, "p-1", ["p", "s1", "2026-01-05T06:00:00Z", "1", "s1", "2025-12-01 00:00:00+00:00"]);
        await _report.Files.CrawlAsync();
        var first = await _report.ReadAsync();
        _report.Files.Put(Table.Playlist, "p-2", ["p", "s2", "2026-01-06T06:00:00Z", "1", "s1", "2025-12-01 00:00:00+00:00"]);
        await _report.Files.CrawlAsync();
        var second = await _report.ReadAsync();

        Assert.DoesNotContain("Line chart", first, StringComparison.Ordinal);
        Assert.Contains("Each playlist has one snapshot so far", first, StringComparison.Ordinal);
        Assert.Equal([["p", "2026-01-05 06:00:00", "1", "–", "–"]], ReportHtml.Cells(first, "playlist_growth"));
        Assert.Contains("Line chart: songs of p by snapshot. 2026-01-05 06:00:00 1; 2026-01-06 06:00:00 1 (0 came, 0 went).", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Each playlist has one snapshot so far", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_its_date_its_run_and_what_went_wrong_there()
    {
        await _report.LoadAsync();

        var page = await _report.ReadAsync(ReportLake.Run(RunStatus.Failed, "Playlist p: <refused>"));

        Assert.Contains("<code>scheduled-20260106T060000Z</code>", page, StringComparison.Ordinal);
        Assert.Contains(">Failed</span>", page, StringComparison.Ordinal);
        Assert.Contains("2026-01-06 06:01:00 UTC", page, StringComparison.Ordinal);
        Assert.Contains("Playlist p: &lt;refused&gt;", page, StringComparison.Ordinal);
        Assert.Contains(">Mornings</h3>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_runs_are_those_that_ended_last_whatever_they_are_called()
    {
        await _report.LoadAsync();
        (string, int)[] runs = [("scheduled-20260107T060000Z", 7), ("manual-20260108T060000Z-1a2b", 8), ("scheduled-20260106T060000Z", 6), ("by-name", 5)];
        foreach (var (id, day) in runs)
        {
            await _report.Records.WriteRunAsync(
                ReportLake.Run(RunStatus.Succeeded) with { RunId = id, EndedAt = new DateTimeOffset(2026, 1, day, 7, 0, 0, TimeSpan.Zero) },
                TestContext.Current.CancellationToken);
        }

        var page = await _report.ReadAsync();

        Assert.Equal(
            ["manual-20260108T060000Z-1a2b", "scheduled-20260107T060000Z", "scheduled-20260106T060000Z", "by-name"],
            RunId().Matches(page).Select(match => match.Groups["id"].Value));
    }

    [Fact]
    public async Task A_lake_without_songs_has_a_page_that_says_so()
    {
        var never = await _report.ReadAsync();
        await _report.Files.CrawlAsync();
        var crawled = await _report.ReadAsync();

        Assert.All([never, crawled], page => Assert.Contains("holds no songs", page, StringComparison.Ordinal));
        Assert.All([never, crawled], page => Assert.DoesNotContain("<table", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_that_is_refused_leaves_its_part_out_and_says_why()
    {
        await _report.LoadAsync();
        var contents = await _report.Reader(new Refusing(_report.Source)).ReadAsync(run: null, TestContext.Current.CancellationToken);

        var page = await ReportRenderer.RenderAsync(contents);

        Assert.Contains("There is no answer: TABLE_NOT_FOUND: &lt;rejected_data&gt;", page, StringComparison.Ordinal);
        Assert.Equal(4, ReportHtml.Cells(page, "top_songs").Count);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_no_failure_of_its_run()
    {
        await _report.LoadAsync();
        Directory.CreateDirectory(ReportFile.LatestIn(_report.Files.PathOf("state")));
        var host = Options.Create(new EmbeddedHostOptions { StateFolder = _report.Files.PathOf("state") });
        ReportFile report = new(_report.Source, _report.Reader(_report.Source), host, NullLogger<ReportFile>.Instance);

        var path = await report.WriteAfterRunAsync(ReportLake.Run(RunStatus.Succeeded), 10_000, TestContext.Current.CancellationToken);

        Assert.Null(path);
        Assert.False(File.Exists(ReportFile.LatestIn(_report.Files.PathOf("state"))));
    }

    [Fact]
    public async Task A_lake_of_more_rows_than_are_shown_in_passing_has_no_report_after_its_run()
    {
        await _report.LoadAsync();
        var host = Options.Create(new EmbeddedHostOptions { StateFolder = _report.Files.PathOf("state") });
        ReportFile report = new(_report.Source, _report.Reader(_report.Source), host, NullLogger<ReportFile>.Instance);

        var tooMuch = await report.WriteAfterRunAsync(ReportLake.Run(RunStatus.Succeeded), 10, TestContext.Current.CancellationToken);
        var fitting = await report.WriteAfterRunAsync(ReportLake.Run(RunStatus.Succeeded), 10_000, TestContext.Current.CancellationToken);

        Assert.Null(tooMuch);
        Assert.NotNull(fitting);
    }

    [Fact]
    public async Task A_newest_record_that_is_broken_leaves_the_one_before_it()
    {
        await _report.LoadAsync();
        await File.WriteAllTextAsync(
            _report.Files.PathOf("run_data/runs/scheduled-20260109T060000Z.json"), "{\"runId\":\"scheduled-2026", TestContext.Current.CancellationToken);

        Assert.Contains("<code>scheduled-20260106T060000Z</code>", await _report.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_table_that_is_damaged_leaves_out_what_is_asked_of_it_alone()
    {
        await _report.LoadAsync();
        await File.WriteAllTextAsync(_report.Files.PathOf(Table.Album.TypedKeyFor("2026-01")), "{}", TestContext.Current.CancellationToken);

        var page = await _report.ReadAsync();

        Assert.Contains("There is no answer: ", page, StringComparison.Ordinal);
        Assert.Contains("analytics_data/albums/month=2026-01/albums-2026-01.parquet", page, StringComparison.Ordinal);
        Assert.Equal(2, ReportHtml.Cells(page, "top_artists").Count);
        Assert.NotEmpty(ReportHtml.Cells(page, "chart_moves"));
    }

    private static async Task SameAsQueriesAsync(FolderLake lake, string page)
    {
        DuckDbQueries queries = new(lake);
        foreach (var name in new[] { "top_artists", "songs_per_release_year", "songs_added_by_month", "rejects_by_reason" })
        {
            Assert.Equal(await ExpectedAsync(name), ReportHtml.Cells(page, name));
        }

        var songs = await ExpectedAsync("top_songs");
        Assert.Equal(songs.Select(row => row[^1] == "popularity" ? row[..4] : [.. row[..3], .. row[4..7]]), ReportHtml.Cells(page, "top_songs"));
        Assert.Equal(
            Assert.Single(await ExpectedAsync("totals")),
            Tile().Matches(page).Select(tile => tile.Groups["figure"].Value.Replace(",", "", StringComparison.Ordinal)));
        Assert.Contains($"{await queries.ValueAsync("SELECT count(*) FROM rejects")} rows were rejected.", page, StringComparison.Ordinal);

        // The page has the playlist's name, and what the order rests on in words.
        var growth = (await ExpectedAsync("playlist_growth"))
            .ConvertAll(row => (string[])[row[1].Replace(".000", "", StringComparison.Ordinal), .. row[2..5]]);
        var snapshots = ReportHtml.Cells(page, "playlist_growth");
        Assert.NotEmpty(snapshots);
        Assert.All(snapshots, row => Assert.Contains(row[1..], growth, StringArrays.Instance));

        var moves = await ExpectedAsync("chart_moves");
        var told = moves.ConvertAll(row => (string[])[row[1], row[4], row[5], row[2], StepOf(row)]);
        var shown = ReportHtml.Cells(page, "chart_moves");
        Assert.NotEmpty(shown);
        Assert.All(shown, row => Assert.Contains(row, told.Select(move => move[..row.Length]), StringArrays.Instance));
        var counts = MoveCounts().Matches(page).Select(match => match.Groups["counts"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(counts);
        Assert.Subset(
            moves.GroupBy(row => row[0])
                .Select(
                    playlist => string.Join(
                        ", ", new[] { "new", "up", "same", "down", "gone" }.Select(move => $"{playlist.Count(row => row[3] == move)} {move}")))
                .ToHashSet(StringComparer.Ordinal),
            counts);

        async Task<List<string[]>> ExpectedAsync(string name) =>
            [
                .. (await queries.RowsAsync(NamedQueries.Get(name).Sql)).Select(
                    row => row.Select(value => string.IsNullOrEmpty(value) ? "–" : ReportText.Clean(value)).ToArray())
            ];
    }

    private static string StepOf(string[] move) => move[3] switch
    {
        "up" => $"▲ {Number(move[2]) - Number(move[1])}",
        "down" => $"▼ {Number(move[1]) - Number(move[2])}",
        "same" => "=",
        var other => other,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Tags(string page) => AnyTag().Matches(page).Select(match => match.Groups["name"].Value);

    [GeneratedRegex("</time><code>(?<id>[^<]*)</code>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RunId();

    [GeneratedRegex("<style>(?<style>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StyleElement();

    [GeneratedRegex(@"<(?<name>[a-z0-9]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnyTag();

    [GeneratedRegex("<svg[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ChartTag();

    [GeneratedRegex("<td[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CellTag();

    [GeneratedRegex("<dd>(?<figure>[^<]*)</dd>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tile();

    [GeneratedRegex(@"How many songs moved: (?<counts>[^.]*)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MoveCounts();

    private sealed class StringArrays : IEqualityComparer<string[]>
    {
        public static readonly StringArrays Instance = new();

        public bool Equals(string[]? a, string[]? b) => a is not null && b is not null && a.SequenceEqual(b, StringComparer.Ordinal);

        public int GetHashCode(string[] values) => values.Length;
    }

    private sealed class Refusing(IReportSource source) : IReportSource
    {
        public Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => source.IsEmptyAsync(cancellationToken);

        public Task<long?> CountRowsAsync(CancellationToken cancellationToken) => source.CountRowsAsync(cancellationToken);

        public Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken) =>
            source.AskAsync(queries => ask(new RefusingQueries(queries)), cancellationToken);
    }

    private sealed class RefusingQueries(IQueries queries) : IQueries
    {
        public Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default) =>
            sql == NamedQueries.Get("rejects_by_reason").Sql
                ? throw new SpotifyEtl.Errors.PermanentEtlException("TABLE_NOT_FOUND: <rejected_data>")
                : queries.QueryAsync(sql, cancellationToken);
    }
}
