using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Analytics;
using SpotifyEtl.Health;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Tests.Catalog;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Report;

/// <summary>A folder lake of which reports are written.</summary>
internal sealed class ReportLake : IDisposable
{
    public const string Script = "<script>alert(\"x\")</script> & 'more'";
    public const string RightToLeft = "שלום עולם (live)";
    public const string Turning = "evil \u202egnissim\u001b[31m";

    public LakeFixture Files { get; } = new();

    public void Dispose() => Files.Dispose();

    public static RunResult Run(RunStatus status, params string[] problems) => new()
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

    public async Task<string> ReadAsync(RunResult? run = null)
    {
        var contents = await Reader(Source).ReadAsync(run, TestContext.Current.CancellationToken);
        return await ReportRenderer.RenderAsync(contents);
    }

    public FolderReportSource Source => new(Files.Lake, new MonthIndex(Files.Lake, new LakeRecords(Files.Lake)), new DuckDbQueries(Files.Lake));

    public RunRecords Records => new(new LakeRecords(Files.Lake));

    /// <summary>When reports are written.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 6, 9, 0, 0, TimeSpan.Zero));

    public ReportReader Reader(IReportSource source)
    {
        HealthCheck health = new(new LastGoodRuns(new LakeRecords(Files.Lake)), Options.Create(new HealthOptions()), Time);
        LakeConditionReader condition = new(Files.Lake, Records, new RejectedFiles(Files.Lake, Records, Time), health);
        return new ReportReader(Files.Lake, condition, source, Time);
    }

    public async Task LoadAsync()
    {
        await Records.WriteRunAsync(Run(RunStatus.Succeeded), TestContext.Current.CancellationToken);
        Files.Put(
            Table.Album,
            "p",
            ["b1", "First", "1999-01-01", "1", "u", "day", "album", "2026-01-06T06:00:00Z"],
            ["b2", "Second", "2024-05-01", "1", "u", "day", "album", "2026-01-06T06:00:00Z"]);
        Files.Put(Table.Artist, "p", ["a1", Script, "u", "2026-01-06T06:00:00Z"], ["a2", "Bob", "u", "2026-01-06T06:00:00Z"]);
        Files.Put(
            Table.Song,
            "p",
            Song("s1", RightToLeft, "90", "b1"),
            Song("s2", Script, "80", "b1"),
            Song("s3", Turning, "", "b2"),
            Song("s4", "Plain", "70", "b2"));
        Files.Put(
            Table.SongArtist,
            "p",
            ["s1", "a1", "1", "2026-01-06T06:00:00Z"],
            ["s2", "a1", "1", "2026-01-06T06:00:00Z"],
            ["s2", "a2", "2", "2026-01-06T06:00:00Z"]);
        Files.Put(Table.Playlist, "p-1", Place(1, 5, 1, "s1"), Place(1, 5, 2, "s2"), Place(1, 5, 3, "s5"), Place(1, 5, 4, "s4"));
        Files.Put(Table.Playlist, "p-2", Place(2, 6, 1, "s2"), Place(2, 6, 2, "s1"), Place(2, 6, 3, "s3"), Place(2, 6, 4, "s4"));
        Files.Put(Table.Rejected, "p", ["x.json", "0", "no_track", ""], ["x.json", "7", "episode", ""], ["y.json", "1", "episode", ""]);
        await Files.CrawlAsync();

        static string[] Song(string id, string name, string popularity, string album) =>
            [id, name, "1000", "u", popularity, "2025-12-01 00:00:00+00:00", album, "a1", "false", "", "2026-01-06T06:00:00Z"];

        static string[] Place(int snapshot, int day, int position, string song) =>
            ["p", $"s{snapshot}", $"2026-01-{day:00}T06:00:00Z", $"{position}", song, "2025-12-01 00:00:00+00:00"];
    }
}
