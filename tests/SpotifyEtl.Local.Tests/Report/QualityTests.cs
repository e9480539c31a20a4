using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>What stands at a report's top: how far its figures can be relied on.</summary>
public sealed class QualityTests : IDisposable
{
    private readonly ReportLake _report = new();

    public void Dispose() => _report.Dispose();

    [Fact]
    public async Task A_lake_that_is_as_it_should_be_has_nothing_to_look_at()
    {
        await LoadAsync(Snapshot("p", "s1", 5, "Mornings", complete: true), Snapshot("p", "s2", 6, "Mornings", complete: true));
        await NoteGoodRunAsync();

        Assert.Equal(
            [
                "Fine The last good run ended 2 h 59 min before this page.",
                "Fine The newest extraction was made 3 h 0 min before this page.",
                "Fine No row was rejected.",
                "Fine No raw file is set aside.",
                "Fine Every snapshot is complete.",
            ],
            await ChecksAsync());
    }

    [Fact]
    public async Task What_is_stale_rejected_set_aside_or_incomplete_is_told()
    {
        await LoadAsync(
            Snapshot("p", "s1", 5, "Mornings", complete: true),
            Snapshot("p", "s2", 6, "Mornings", complete: false),
            Snapshot("q", "s1", 6, "Evenings", complete: true, taken: ""),
            Snapshot("q", "s2", 6, "Evenings", complete: true, taken: ""));
        _report.Files.Put(Table.Rejected, "p", ["x.json", "0", "no_track", ""]);
        await _report.Files.CrawlAsync();
        await SetAsideAsync("bad.json", "bad.json.error.json", "worse.json");
        await NoteGoodRunAsync();
        _report.Time.Advance(TimeSpan.FromDays(4));

        Assert.Equal(
            [
                "Look Stale: the last good run ended 4 days before this page; Health__MaxAge allows 26 h 0 min.",
                "Look Stale: the newest extraction was made 4 days before this page.",
                "Look 1 row was rejected.",
                "Look 2 raw files are set aside in raw_data/rejected/: nothing of them is in the figures. bad.json, worse.json",
                "Look 1 snapshot lacks rows and takes no part in moves and growth. Mornings",
                "Look 2 snapshots take no part in moves and growth, as nothing tells a place in the order. 2 without any time",
            ],
            await ChecksAsync());
    }

    [Fact]
    public async Task A_playlist_that_a_good_run_found_unchanged_is_not_stale()
    {
        await LoadAsync(Snapshot("p", "s1", 5, "Mornings", complete: true));
        await NoteGoodRunAsync();
        _report.Time.Advance(TimeSpan.FromDays(4));
        var start = _report.Time.GetUtcNow() - TimeSpan.FromHours(1);
        await _report.Records.WriteRunAsync(
            ReportLake.Run(RunStatus.Succeeded) with
            {
                RunId = "later",
                StartedAt = start,
                EndedAt = start,
                Playlists = [PlaylistResult.Skipped("p", "Mornings", "s1")],
            },
            TestContext.Current.CancellationToken);

        Assert.Contains("Fine Unchanged playlists were looked at 1 h 0 min before this page.", await ChecksAsync());
    }

    [Fact]
    public async Task A_lake_that_holds_nothing_but_files_that_were_set_aside_says_so()
    {
        await SetAsideAsync("bad.json");

        Assert.Equal(
            [
                "Look No run has succeeded yet.",
                "Look 1 raw file is set aside in raw_data/rejected/: nothing of it is in the figures. bad.json",
            ],
            await ChecksAsync());
    }

    [Fact]
    public async Task Playlists_bear_their_names_and_those_of_one_name_their_ids_too()
    {
        await LoadAsync(
            Snapshot("p", "s1", 5, "Old name", complete: true),
            Snapshot("p", "s2", 6, "Mornings", complete: true),
            Snapshot("q", "s1", 5, "Mornings", complete: true),
            Snapshot("r", "s1", 5, "Evenings <b>", complete: true));
        var page = await _report.ReadAsync();

        Assert.Equal(
            ["Evenings <b>", "Mornings (p)", "Mornings (q)"],
            ReportHtml.Cells(page, "playlist_growth").Select(row => row[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string[] Snapshot(string playlist, string snapshot, int day, string name, bool complete, string? taken = null)
    {
        var time = taken ?? $"2026-01-{day:00}T06:00:00Z";
        return
        [
            playlist, snapshot, time, time, time.Length > 0 ? "extracted_at" : "", name, "", "o", "Owner", "1", "true", "false", "", "4", "4",
            complete ? "true" : "false", $"{playlist}-{snapshot}.json",
        ];
    }

    private async Task LoadAsync(params string[][] snapshots)
    {
        _report.Files.Put(
            Table.Song, "p", ["s1", "One", "1000", "u", "1", "2025-12-01 00:00:00+00:00", "b1", "a1", "false", "", "2026-01-05T06:00:00Z"]);
        _report.Files.Put(Table.Snapshot, "p", snapshots);
        _report.Files.Put(Table.Playlist, "p", [.. snapshots.Select(snapshot => (string[])[snapshot[0], snapshot[1], snapshot[2], "1", "s1", ""])]);
        await _report.Files.CrawlAsync();
    }

    private Task NoteGoodRunAsync() =>
        new LastGoodRuns(new LakeRecords(_report.Files.Lake)).NoteAsync(ReportLake.Run(RunStatus.Succeeded), TestContext.Current.CancellationToken);

    private async Task SetAsideAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await using var writer = await _report.Files.Lake.CreateAsync(LakeKeys.Rejected + name, TestContext.Current.CancellationToken);
            await writer.CommitAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> ChecksAsync()
    {
        var contents = await _report.Reader(_report.Source).ReadAsync(run: null, TestContext.Current.CancellationToken);
        return [.. QualityChecks.Of(contents).Select(Told)];

        static string Told(QualityCheck check) =>
            IsOfTime(check) || check.Detail is null ? $"{check.Mark} {check.Text}" : $"{check.Mark} {check.Text} {check.Detail}";
    }

    // Their details are the time itself.
    private static bool IsOfTime(QualityCheck check) => check.Text.Contains("before this page", StringComparison.Ordinal);
}
