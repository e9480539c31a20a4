using System.Text.Json;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>The records of run_data as the tables runs and files.</summary>
public sealed class RecordTablesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly LakeFixture _lake = new();
    private readonly DuckDbQueries _queries;

    public RecordTablesTests() => _queries = new DuckDbQueries(_lake.Lake);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Runs_are_a_table()
    {
        await LoadAsync();

        Assert.Equal(
            "bad|Failed|2026-11-22T06:00:00+00:00|3|1\ngood|Succeeded|2026-11-22T06:00:00+00:00|3|0",
            await _queries.LinesAsync("SELECT runid, status, startedat, rows.song, cardinality(problems) FROM runs ORDER BY runid"));
    }

    [Fact]
    public async Task A_runs_playlists_are_rows_with_what_became_of_them_and_how_long_they_were_put_off()
    {
        await LoadAsync();

        Assert.Equal(
            "p1|Loaded|2|0|NULL\np2|Skipped|0|0|NULL\np3|Failed|0|3|2026-11-22T19:35:25+00:00",
            await _queries.LinesAsync(
                "SELECT p.playlistId, p.status, p.items, p.deferrals, p.deferredUntil "
                    + "FROM runs CROSS JOIN UNNEST(playlists) AS p WHERE runId = 'bad'"));
    }

    [Fact]
    public async Task Files_are_a_table_that_joins_the_runs_and_whose_arithmetic_closes()
    {
        await LoadAsync();

        Assert.Equal(
            "bad|a|4|3|1|0|1\nbad|b|2|2|0|0|0",
            await _queries.LinesAsync(
                """
                SELECT r.runId, f.stem, f.items, f.rows.playlist, f.rows.rejected, f.rejected.episode, f.rejected.no_track
                FROM files f JOIN runs r ON r.runId = f.runId ORDER BY f.stem
                """));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("files")]
    public async Task Without_records_the_tables_are_empty_and_have_the_same_columns(string table)
    {
        await _lake.CrawlAsync();
        var before = await _queries.LinesAsync($"DESCRIBE {table}");
        Assert.Equal("0", await _queries.ValueAsync($"SELECT count(*) FROM {table}"));

        await LoadAsync();

        Assert.Equal(before, await _queries.LinesAsync($"DESCRIBE {table}"));
    }

    [Theory]
    [InlineData("runs", LakeKeys.Runs)]
    [InlineData("files", LakeKeys.Files)]
    public async Task A_record_is_one_line_whose_fields_are_the_columns_of_one_type_each(string table, string prefix)
    {
        await LoadAsync();
        var records = Directory.GetFiles(_lake.PathOf(prefix), "*.json", SearchOption.AllDirectories);
        Dictionary<string, HashSet<JsonValueKind>> kinds = new(StringComparer.Ordinal);

        foreach (var record in records)
        {
            var line = Assert.Single(await File.ReadAllLinesAsync(record, Cancellation));
            using var document = JsonDocument.Parse(line);
            Walk("", document.RootElement, kinds);
        }

        Assert.Equal(2, records.Length);
        Assert.All(kinds, field => Assert.True(field.Value.Count == 1, $"{field.Key} is {string.Join(" or ", field.Value)}"));
        Assert.Equal(kinds.Count, kinds.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Subset(
            (await _queries.RowsAsync($"DESCRIBE {table}")).Select(column => "." + column[0]).ToHashSet(StringComparer.Ordinal),
            kinds.Keys.Where(field => field.LastIndexOf('.') == 0 && !field.EndsWith("[]", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal));
        foreach (var field in kinds.Keys.Where(field => field.LastIndexOf('.') > 0 && !field.Contains("[]", StringComparison.Ordinal)))
        {
            Assert.NotEqual(
                "0", await _queries.ValueAsync($"SELECT count({string.Join('.', field[1..].Split('.').Select(name => $"\"{name}\""))}) FROM {table}"));
        }
    }

    [Fact]
    public async Task The_tables_are_listed_with_the_views()
    {
        await LoadAsync();

        var names = (await _queries.RowsAsync("SHOW TABLES")).Select(row => row[0]).ToList();

        Assert.Contains("runs", names);
        Assert.Contains("files", names);
        Assert.Contains("chart_moves", names);
        Assert.Contains("song_data", names);
    }

    [Fact]
    public async Task What_a_record_may_have_is_a_column_whether_a_record_has_it_or_not()
    {
        await LoadAsync();

        Assert.Equal(Fields(typeof(RunResult)), (await _queries.RowsAsync("DESCRIBE runs")).Select(column => column[0]!));
        Assert.Equal(Fields(typeof(FileRecord)), (await _queries.RowsAsync("DESCRIBE files")).Select(column => column[0]!));
        Assert.Equal("The webhook did not answer.", await _queries.ValueAsync("SELECT element_at(warnings, 1) FROM runs WHERE runId = 'good'"));

        static IEnumerable<string> Fields(Type record) =>
            record.GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)
                .Where(property => property.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonIgnoreAttribute), inherit: false)
                    .OfType<System.Text.Json.Serialization.JsonIgnoreAttribute>()
                    .All(ignore => ignore.Condition != System.Text.Json.Serialization.JsonIgnoreCondition.Always))
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
    }

    [Theory]
    [InlineData("{\"runId\":\"old\",\"status\":\"Failed\"}", "Failed|NULL|NULL|NULL")]
    [InlineData("{\"runId\":\"old\",\"rows\":{\"song\":2},\"playlists\":[{\"playlistId\":\"p\"}]}", "NULL|2|NULL|1")]
    [InlineData("{\n  \"runId\": \"old\",\n  \"rows\": {\"song\": 2, \"of_later\": 1},\n  \"ofLater\": [null]\n}", "NULL|2|NULL|NULL")]
    public async Task A_record_of_another_version_is_read_as_far_as_it_goes(string record, string expected)
    {
        await LoadAsync();
        await File.WriteAllTextAsync(_lake.PathOf("run_data/runs/old.json"), record, Cancellation);

        Assert.Equal(
            expected, await _queries.LinesAsync("SELECT status, rows.song, cardinality(problems), cardinality(playlists) FROM runs WHERE runId = 'old'"));
        Assert.Equal("3", await _queries.ValueAsync("SELECT count(*) FROM runs"));
    }

    private static void Walk(string path, JsonElement value, Dictionary<string, HashSet<JsonValueKind>> kinds)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Walk($"{path}.{property.Name}", property.Value, kinds);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Walk(path + "[]", item, kinds);
                }

                break;
        }

        if (path.Length > 0)
        {
            (kinds.TryGetValue(path, out var known) ? known : kinds[path] = []).Add(value.ValueKind);
        }
    }

    private async Task LoadAsync()
    {
        await _lake.CrawlAsync();
        RunRecords records = new(new LakeRecords(_lake.Lake));
        var rows = RowCounts.Of(
            new Dictionary<string, long> { ["album"] = 1, ["artist"] = 1, ["song"] = 3, ["playlist"] = 5, ["song_artist"] = 1, ["rejected"] = 1 });
        await records.WriteRunAsync(
            new RunResult
            {
                RunId = "good",
                Status = RunStatus.Succeeded,
                StartedAt = s_start,
                EndedAt = s_start.AddSeconds(2),
                Reprocess = new ReprocessRange(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31)),
                Playlists = [],
                Files = new FileCounts(2, 0, 0),
                Rows = rows,
                Crawlers = [],
                Problems = [],
                Warnings = ["The webhook did not answer."],
            },
            Cancellation);
        await records.WriteRunAsync(
            new RunResult
            {
                RunId = "bad",
                Status = RunStatus.Failed,
                StartedAt = s_start,
                EndedAt = s_start.AddSeconds(2),
                Playlists =
                [
                    PlaylistResult.Loaded("p1", "One", "s", 2, "raw_data/to_process/p1.json"),
                    PlaylistResult.Skipped("p2", "Two", "s"),
                    PlaylistResult.Failed("p3", "The quota is used up.") with { Deferrals = 3, DeferredUntil = s_start.AddSeconds(48_925) },
                ],
                Files = new FileCounts(2, 0, 0),
                Rows = rows,
                Crawlers = [new CrawlerResult("c", CrawlStatus.Failed, "no")],
                Problems = ["Playlist p3: the quota is used up."],
            },
            Cancellation);
        await records.WriteFileAsync("bad", Record("a", 4, playlist: 3, noTrack: 1), Cancellation);
        await records.WriteFileAsync("bad", Record("b", 2, playlist: 2, noTrack: 0), Cancellation);
    }

    private static FileRecord Record(string stem, long items, long playlist, long noTrack) => FileRecord.Of(
        "bad",
        new RawFileName(stem + ".json"),
        new Transformed("00ff")
        {
            Stem = stem,
            PlaylistId = "p1",
            SnapshotId = "s",
            ExtractedAt = [""],
            Items = items,
            Total = null,
            Extent = null,
            Mistyped = 0,
            Rows = RowCounts.Of(new Dictionary<string, long>(StringComparer.Ordinal) { ["playlist"] = playlist, ["rejected"] = noTrack }),
            Rejected = noTrack > 0 ? new Dictionary<string, long>(StringComparer.Ordinal) { ["no_track"] = noTrack } : [],
            Tables = noTrack > 0 ? [new WrittenTable("playlist", "k", 100, "ff00")] : [],
        },
        s_start,
        TimeSpan.FromMilliseconds(12));
}
