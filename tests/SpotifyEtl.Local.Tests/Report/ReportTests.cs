using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Tests.Catalog;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Report;

public sealed partial class ReportTests : IDisposable
{
    private const string Script = "<script>alert(\"x\")</script> & 'more'";
    private const string RightToLeft = "שלום עולם (live)";
    private const string Turning = "evil \u202egnissim\u001b[31m";

    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Every_figure_is_what_the_query_gives()
    {
        await LoadAsync();

        await SameAsQueriesAsync(_lake.Lake, await ReadAsync(run: null));
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
        await LoadAsync();

        var page = await ReadAsync(run: null);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["style"], Tags(page).Where(tag => tag is "style" or "link" or "img" or "iframe" or "script" or "object" or "a" or "form"));
        var titles = Cells(page, "top_songs").Select(row => row[0]).ToList();
        Assert.Contains(Script, titles);
        Assert.Contains(RightToLeft, titles);
        Assert.Contains("evil \uFFFDgnissim\u241B[31m", titles);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains($"<text x=\"0\" y=\"13\">\u2068{RightToLeft}\u2069</text>", page, StringComparison.Ordinal);
        Assert.All(CellTag().Matches(page), cell => Assert.Contains("dir=\"auto\"", cell.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_loads_nothing_and_allows_itself_its_own_style_alone()
    {
        await LoadAsync();

        var page = await ReadAsync(run: null);

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
        await LoadAsync();

        var page = await ReadAsync(run: null);

        var charts = ChartTag().Matches(page).Select(match => match.Value)
            .Where(tag => !tag.Contains("aria-hidden=\"true\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, charts.Count);
        Assert.All(charts, chart => Assert.Contains("role=\"img\"", chart, StringComparison.Ordinal));
        Assert.Contains("Column chart: Songs by year of release. 1999: 2; 2024: 2.", page, StringComparison.Ordinal);
        Assert.Contains("How many songs moved: 1 new, 1 up, 1 same, 1 down, 1 gone.", page, StringComparison.Ordinal);
        Assert.Contains("Line chart: songs of each playlist by snapshot. Mornings: 4, 4.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Growth_is_drawn_from_the_second_snapshot_on_and_told_in_the_table_before()
    {
        _lake.Put(Table.Song, "p", ["s1", "One", "1000", "u", "1", "2025-12-01 00:00:00+00:00", "b1", "a1", "false", "", "2026-01-05T06:00:00Z"]);
        _lake.Put(Table.Playlist, "p-1", ["p", "s1", "2026-01-05T06:00:00Z", "1", "s1", "2025-12-01 00:00:00+00:00"]);
        await _lake.CrawlAsync();
        var first = await ReadAsync(run: null);
        _lake.Put(Table.Playlist, "p-2", ["p", "s2", "2026-01-06T06:00:00Z", "1", "s1", "2025-12-01 00:00:00+00:00"]);
        await _lake.CrawlAsync();
        var second = await ReadAsync(run: null);

        Assert.DoesNotContain("Line chart", first, StringComparison.Ordinal);
        Assert.Contains("Each playlist has one snapshot so far", first, StringComparison.Ordinal);
        Assert.Equal([["p", "2026-01-05 06:00:00", "1", "–", "–"]], Cells(first, "playlist_growth"));
        Assert.Contains("Line chart: songs of each playlist by snapshot. p: 1, 1.", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Each playlist has one snapshot so far", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_its_date_its_run_and_what_went_wrong_there()
    {
        await LoadAsync();

        var page = await ReadAsync(Run(RunStatus.Failed, "Playlist p: <refused>"));

        Assert.Contains("<code>scheduled-20260106T060000Z</code>", page, StringComparison.Ordinal);
        Assert.Contains(">failed</span>", page, StringComparison.Ordinal);
        Assert.Contains("2026-01-06 06:01:00 UTC", page, StringComparison.Ordinal);
        Assert.Contains("Playlist p: &lt;refused&gt;", page, StringComparison.Ordinal);
        Assert.Contains(">Mornings</h3>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_is_the_one_that_ended_last()
    {
        await LoadAsync();
        RunRecords records = new(new LakeRecords(_lake.Lake));
        (string, int)[] runs = [("scheduled-20260107T060000Z", 7), ("manual-20260108T060000Z-1a2b", 8), ("scheduled-20260106T060000Z", 6), ("by-name", 5)];
        foreach (var (id, day) in runs)
        {
            await records.WriteRunAsync(
                Run(RunStatus.Succeeded) with { RunId = id, EndedAt = new DateTimeOffset(2026, 1, day, 7, 0, 0, TimeSpan.Zero) },
                TestContext.Current.CancellationToken);
        }

        Assert.Contains("<code>manual-20260108T060000Z-1a2b</code>", await ReadAsync(run: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_without_songs_has_a_page_that_says_so()
    {
        var never = await ReadAsync(run: null);
        await _lake.CrawlAsync();
        var crawled = await ReadAsync(run: null);

        Assert.All([never, crawled], page => Assert.Contains("holds no songs", page, StringComparison.Ordinal));
        Assert.All([never, crawled], page => Assert.DoesNotContain("<table", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_that_is_refused_leaves_its_part_out_and_says_why()
    {
        await LoadAsync();
        var contents = await Reader(new Refusing(Source)).ReadAsync(run: null, TestContext.Current.CancellationToken);

        var page = await ReportRenderer.RenderAsync(contents);

        Assert.Contains("There is no answer: TABLE_NOT_FOUND: &lt;rejected_data&gt;", page, StringComparison.Ordinal);
        Assert.Equal(4, Cells(page, "top_songs").Count);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_no_failure_of_its_run()
    {
        await LoadAsync();
        Directory.CreateDirectory(ReportFile.LatestIn(_lake.PathOf("state")));
        var host = Options.Create(new EmbeddedHostOptions { StateFolder = _lake.PathOf("state") });
        ReportFile report = new(Source, Reader(Source), host, NullLogger<ReportFile>.Instance);

        var path = await report.WriteAfterRunAsync(Run(RunStatus.Succeeded), 10_000, TestContext.Current.CancellationToken);

        Assert.Null(path);
        Assert.False(File.Exists(ReportFile.LatestIn(_lake.PathOf("state"))));
    }

    [Fact]
    public async Task A_lake_of_more_rows_than_are_shown_in_passing_has_no_report_after_its_run()
    {
        await LoadAsync();
        var host = Options.Create(new EmbeddedHostOptions { StateFolder = _lake.PathOf("state") });
        ReportFile report = new(Source, Reader(Source), host, NullLogger<ReportFile>.Instance);

        var tooMuch = await report.WriteAfterRunAsync(Run(RunStatus.Succeeded), 10, TestContext.Current.CancellationToken);
        var fitting = await report.WriteAfterRunAsync(Run(RunStatus.Succeeded), 10_000, TestContext.Current.CancellationToken);

        Assert.Null(tooMuch);
        Assert.NotNull(fitting);
    }

    [Fact]
    public async Task A_newest_record_that_is_broken_leaves_the_one_before_it()
    {
        await LoadAsync();
        await File.WriteAllTextAsync(
            _lake.PathOf("run_data/runs/scheduled-20260109T060000Z.json"), "{\"runId\":\"scheduled-2026", TestContext.Current.CancellationToken);

        Assert.Contains("<code>scheduled-20260106T060000Z</code>", await ReadAsync(run: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_table_that_is_damaged_leaves_out_what_is_asked_of_it_alone()
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf(Table.Album.TypedKeyFor("2026-01")), "{}", TestContext.Current.CancellationToken);

        var page = await ReadAsync(run: null);

        Assert.Contains("There is no answer: ", page, StringComparison.Ordinal);
        Assert.Contains("analytics_data/albums/month=2026-01/albums-2026-01.parquet", page, StringComparison.Ordinal);
        Assert.Equal(2, Cells(page, "top_artists").Count);
        Assert.NotEmpty(Cells(page, "chart_moves"));
    }

    private static async Task SameAsQueriesAsync(FolderLake lake, string page)
    {
        DuckDbQueries queries = new(lake);
        foreach (var name in new[] { "top_songs", "top_artists", "songs_per_release_year", "songs_added_by_month", "rejects_by_reason" })
        {
            Assert.Equal(await ExpectedAsync(name), Cells(page, name));
        }

        Assert.Equal(Assert.Single(await ExpectedAsync("totals")), Tile().Matches(page).Select(tile => tile.Groups["figure"].Value).SkipLast(1));
        Assert.Equal(
            await queries.ValueAsync("SELECT count(*) FROM rejects"), Tile().Matches(page).Select(tile => tile.Groups["figure"].Value).Last());

        // The page has what the order rests on in words.
        var growth = (await ExpectedAsync("playlist_growth"))
            .ConvertAll(row => (string[])[row[0], row[1].Replace(".000", "", StringComparison.Ordinal), .. row[2..5]]);
        var snapshots = Cells(page, "playlist_growth");
        Assert.NotEmpty(snapshots);
        Assert.All(snapshots, row => Assert.Contains(row, growth, StringArrays.Instance));

        var moves = (await ExpectedAsync("chart_moves")).ConvertAll(row => row[..6]);
        var shown = Cells(page, "chart_moves");
        Assert.NotEmpty(shown);
        Assert.All(shown, row => Assert.Contains(row, moves.Select(move => move.Skip(1).ToArray()), StringArrays.Instance));
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

    private static List<string[]> Cells(string page, string query)
    {
        var start = page.IndexOf($"<section class=\"card\" id=\"{query}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"the page has no part {query}");
        var part = page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
        return
        [
            .. BodyRow().Matches(part)
                .Select(row => CellText().Matches(row.Value).Select(cell => WebUtility.HtmlDecode(cell.Groups["text"].Value)).ToArray())
                .Where(row => row.Length > 0)
        ];
    }

    private static IEnumerable<string> Tags(string page) => AnyTag().Matches(page).Select(match => match.Groups["name"].Value);

    private static RunResult Run(RunStatus status, params string[] problems) => new()
    {
        RunId = "scheduled-20260106T060000Z",
        Status = status,
        StartedAt = new DateTimeOffset(2026, 1, 6, 6, 0, 0, TimeSpan.Zero),
        EndedAt = new DateTimeOffset(2026, 1, 6, 6, 1, 0, TimeSpan.Zero),
        Playlists = [PlaylistResult.Loaded("p", "Mornings", "s2", 4, "raw_data/to_process/p.json")],
        Files = FileCounts.None,
        Rows = RowCounts.None,
        Crawlers = [],
        Problems = problems,
    };

    private async Task<string> ReadAsync(RunResult? run)
    {
        run ??= await new NewestRun(_lake.Lake, new RunRecords(new LakeRecords(_lake.Lake))).FindAsync(TestContext.Current.CancellationToken);
        var contents = await Reader(Source).ReadAsync(run, TestContext.Current.CancellationToken);
        return await ReportRenderer.RenderAsync(contents);
    }

    private FolderReportSource Source => new(_lake.Lake, new MonthIndex(_lake.Lake, new LakeRecords(_lake.Lake)), new DuckDbQueries(_lake.Lake));

    private ReportReader Reader(IReportSource source) => new(_lake.Lake, new RunRecords(new LakeRecords(_lake.Lake)), source, TimeProvider.System);

    private async Task LoadAsync()
    {
        await new RunRecords(new LakeRecords(_lake.Lake)).WriteRunAsync(Run(RunStatus.Succeeded), TestContext.Current.CancellationToken);
        _lake.Put(
            Table.Album,
            "p",
            ["b1", "First", "1999-01-01", "1", "u", "day", "album", "2026-01-06T06:00:00Z"],
            ["b2", "Second", "2024-05-01", "1", "u", "day", "album", "2026-01-06T06:00:00Z"]);
        _lake.Put(Table.Artist, "p", ["a1", Script, "u", "2026-01-06T06:00:00Z"], ["a2", "Bob", "u", "2026-01-06T06:00:00Z"]);
        _lake.Put(
            Table.Song,
            "p",
            Song("s1", RightToLeft, "90", "b1"),
            Song("s2", Script, "80", "b1"),
            Song("s3", Turning, "", "b2"),
            Song("s4", "Plain", "70", "b2"));
        _lake.Put(
            Table.SongArtist,
            "p",
            ["s1", "a1", "1", "2026-01-06T06:00:00Z"],
            ["s2", "a1", "1", "2026-01-06T06:00:00Z"],
            ["s2", "a2", "2", "2026-01-06T06:00:00Z"]);
        _lake.Put(Table.Playlist, "p-1", Place(1, 5, 1, "s1"), Place(1, 5, 2, "s2"), Place(1, 5, 3, "s5"), Place(1, 5, 4, "s4"));
        _lake.Put(Table.Playlist, "p-2", Place(2, 6, 1, "s2"), Place(2, 6, 2, "s1"), Place(2, 6, 3, "s3"), Place(2, 6, 4, "s4"));
        _lake.Put(Table.Rejected, "p", ["x.json", "0", "no_track", ""], ["x.json", "7", "episode", ""], ["y.json", "1", "episode", ""]);
        await _lake.CrawlAsync();

        static string[] Song(string id, string name, string popularity, string album) =>
            [id, name, "1000", "u", popularity, "2025-12-01 00:00:00+00:00", album, "a1", "false", "", "2026-01-06T06:00:00Z"];

        static string[] Place(int snapshot, int day, int position, string song) =>
            ["p", $"s{snapshot}", $"2026-01-{day:00}T06:00:00Z", $"{position}", song, "2025-12-01 00:00:00+00:00"];
    }

    [GeneratedRegex("<style>(?<style>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StyleElement();

    [GeneratedRegex(@"<(?<name>[a-z0-9]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnyTag();

    [GeneratedRegex("<svg[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ChartTag();

    [GeneratedRegex("<td[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CellTag();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BodyRow();

    [GeneratedRegex("<td[^>]*>(?<text>.*?)</td>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CellText();

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
