using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParquetSharp;
using SpotifyEtl.Analytics;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Analytics;

public sealed class PlayMonthTests
{
    private static readonly DateTime s_start = new(2026, 10, 31, 23, 58, 0, DateTimeKind.Utc);

    private readonly TypedLake _typed = new();

    [Fact]
    public async Task A_file_of_plays_stands_in_the_months_in_which_they_were_and_its_songs_in_that_of_its_extraction()
    {
        await _typed.LoadAsync(
            "x.json",
            MadeUpPlays.RecentOwn(
                "2026-12-01T00:10:00Z", MadeUpPlays.Recent("s1", "2026-11-30T23:59:59.900Z"), MadeUpPlays.Recent("s2", "2026-12-01T00:00:00.000Z")));

        Assert.Equal(["2026-11", "2026-12"], await _typed.DueAsync());
        var (november, december) = ((await _typed.WriteAsync())[0], (await _typed.RecordAsync("2026-12"))!);

        Assert.Equal((1L, 0L), (november.Rows[Table.Play], november.Rows[Table.Song]));
        Assert.Equal((1L, 2L), (december.Rows[Table.Play], december.Rows[Table.Song]));
    }

    [Fact]
    public async Task A_file_that_has_plays_of_a_month_no_more_leaves_it()
    {
        await _typed.LoadAsync("x.json", new JsonArray(MadeUpPlays.Extended("s1", "2016-02-29T08:00:00Z")));
        await _typed.WriteAsync();
        await _typed.LoadAsync("x.json", new JsonArray(MadeUpPlays.Extended("s1", "2017-03-01T08:00:00Z")));
        await _typed.WriteAsync();

        Assert.Equal(["analytics_data/plays/month=2017-03/plays-2017-03.parquet"], _typed.Typed.Keys);
    }

    [Fact]
    public async Task An_export_leaves_no_month_that_has_none_of_its_rows_due()
    {
        await _typed.LoadAsync("x.json", new JsonArray(MadeUpPlays.LastYear("s1", "2016-02-29 08:00")));
        await _typed.LoadAsync("x.json", new JsonArray(MadeUpPlays.LastYear("s1", "2016-02-29 08:00")));

        Assert.Equal(["2016-02"], await _typed.DueAsync());
    }

    [Fact]
    public async Task A_play_that_two_files_tell_is_one_row_of_the_first()
    {
        await LoadAllAsync(
            ("b.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")]),
            ("a.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z"), MadeUpPlays.Extended("s2", "2026-11-05T08:03:00Z")]));

        Assert.Equal(["a.json s1 extended_streaming_history", "a.json s2 extended_streaming_history"], Plays("2026-11"));
    }

    [Fact]
    public async Task Of_what_the_API_and_an_export_tell_of_one_second_the_export_stands()
    {
        await LoadAllAsync(
            ("a.json", [MadeUpPlays.Recent("s1", "2026-11-05T08:00:07.900Z"), MadeUpPlays.Recent("s2", "2026-11-05T08:03:00Z")]),
            ("b.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z"), MadeUpPlays.Extended("s2", "2026-11-05T08:03:01Z")]));

        Assert.Equal(["a.json s2 recently_played", "b.json s1 extended_streaming_history", "b.json s2 extended_streaming_history"], Plays("2026-11"));
    }

    [Fact]
    public async Task A_play_of_which_the_minute_is_told_stands_only_where_nothing_finer_does()
    {
        await LoadAllAsync(
            ("a.json", [MadeUpPlays.LastYear("s1", "2026-11-05 08:00"), MadeUpPlays.LastYear("s1", "2026-11-05 08:01")]),
            ("b.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")]));

        Assert.Equal(["a.json s1 streaming_history", "b.json s1 extended_streaming_history"], Plays("2026-11"));
    }

    // In real exports such rows are skips beside the play itself, and fragments of it.
    [Fact]
    public async Task Rows_of_an_export_that_differ_in_how_long_was_played_are_several_plays()
    {
        await LoadAllAsync(
            ("a.json", [MadeUpPlays.LastYear("s1", "2026-11-05 08:00", 3_000), MadeUpPlays.LastYear("s1", "2026-11-05 08:00", 0)]),
            ("b.json", [MadeUpPlays.Extended("s2", "2026-11-05T08:00:07Z", 3_000), MadeUpPlays.Extended("s2", "2026-11-05T08:00:07Z", 0)]));

        Assert.Equal(4, Plays("2026-11").Count);
    }

    [Fact]
    public async Task An_export_that_tells_no_ids_is_known_to_tell_the_same_plays_by_their_names()
    {
        var without = MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z");
        without["spotify_track_uri"] = null;
        await LoadAllAsync(("a.json", [without]), ("b.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")]));

        Assert.Equal(["b.json s1 extended_streaming_history"], Plays("2026-11"));
    }

    [Fact]
    public async Task What_was_left_out_for_a_file_that_is_gone_stands_again()
    {
        await LoadAllAsync(
            ("a.json", [MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")]), ("b.json", [MadeUpPlays.Recent("s1", "2026-11-05T08:00:07Z")]));
        Assert.Equal(["a.json s1 extended_streaming_history"], Plays("2026-11"));

        await LoadAllAsync(("a.json", [MadeUpPlays.Extended("s1", "2026-10-05T08:00:07Z")]));

        Assert.Equal(["b.json s1 recently_played"], Plays("2026-11"));
    }

    [Fact]
    public async Task Rows_that_a_killed_step_wrote_go_with_their_file_though_nothing_recorded_them()
    {
        await _typed.LoadAsync("songs.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        await _typed.LoadAsync("x.json", new JsonArray(MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")));
        _typed.Lake.Before = (step, key) =>
        {
            if (step == "commit" && key == LakeKeys.MonthRecord("2026-11"))
            {
                throw new TransientEtlException("killed");
            }
        };
        await Assert.ThrowsAsync<TransientEtlException>(_typed.WriteAsync);
        _typed.Lake.Before = (_, _) => { };
        Assert.Single(Plays("2026-11"));

        await LoadAllAsync(("x.json", [MadeUpPlays.Extended("s1", "2026-10-05T08:00:07Z")]));

        Assert.Empty(Plays("2026-11"));
    }

    [Fact]
    public async Task A_file_that_adds_plays_to_a_month_reads_no_other_files_rows()
    {
        await LoadAllAsync(
            ("a.json", [MadeUpPlays.Recent("s1", "2026-11-05T08:00:07Z")]), ("b.json", [MadeUpPlays.Recent("s1", "2026-11-05T09:00:07Z")]));
        HashSet<string> read = [];
        _typed.Lake.Before = (step, key) => _ = step == "open" && read.Add(key);

        await LoadAllAsync(("c.json", [MadeUpPlays.Recent("s1", "2026-11-05T10:00:07Z")]));

        Assert.Equal(
            [Table.Play.KeyFor("c")],
            read.Where(key => key.StartsWith(Table.Play.Prefix, StringComparison.Ordinal)));
        Assert.Equal(3, Plays("2026-11").Count);
    }

    [Fact]
    public async Task A_new_month_reads_its_plays_once()
    {
        await _typed.LoadAsync(
            "a.json", new JsonArray(MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z"), MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z")));
        List<string> read = [];
        _typed.Lake.Before = (step, key) =>
        {
            if (step == "open")
            {
                read.Add(key);
            }
        };

        await _typed.WriteAsync();

        Assert.Single(read, Table.Play.KeyFor("a"));
        Assert.Single(Plays("2026-11"));
    }

    [Theory]
    [InlineData("before.json")]
    [InlineData("z-after.json")]
    public async Task What_is_left_out_of_a_new_month_leaves_no_trace_in_its_file(string name)
    {
        // Its letter is of those for which text is written in another way.
        var told = MadeUpPlays.Recent("s1", "2026-11-05T08:00:07Z");
        told["track"]!["album"]!["name"] = "Album \U0001F4BF, and longer than the other's";
        var export = new JsonArray(MadeUpPlays.Extended("s1", "2026-11-05T08:00:07Z"), MadeUpPlays.Extended("s2", "2026-11-05T08:03:00Z"));
        TypedLake alone = new();
        await alone.LoadAsync("export.json", export.DeepClone());
        await alone.WriteAsync();
        await _typed.LoadAsync("export.json", export);
        await _typed.LoadAsync(name, new JsonArray(told));

        await _typed.WriteAsync();

        Assert.Equal(alone.Typed[Table.Play.TypedKeyFor("2026-11")], _typed.Typed[Table.Play.TypedKeyFor("2026-11")]);
    }

    [Fact]
    public async Task A_month_of_more_plays_than_a_row_group_has_has_each_once()
    {
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        await _typed.LoadAsync("a.json", Heard(0, MonthFileWriter.RowsPerGroup));
        await _typed.LoadAsync("b.json", Heard(MonthFileWriter.RowsPerGroup - 10, 20));

        await _typed.WriteAsync();

        using ParquetFileReader file = new(
            new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(_typed.Typed[Table.Play.TypedKeyFor("2026-11")])));
        Assert.Equal((MonthFileWriter.RowsPerGroup + 10, 2), (file.FileMetaData.NumRows, file.FileMetaData.NumRowGroups));

        JsonArray Heard(int first, int count) =>
            new([.. Enumerable.Range(first, count).Select(second => MadeUpPlays.Extended("s1", MadeUpPlays.Second(start.AddSeconds(second))))]);
    }

    [Property(MaxTest = 60)]
    public Property Whatever_came_and_in_whatever_order_each_play_is_one_row() =>
        Prop.ForAll(Changes().ToArbitrary(), changes => HoldsAsync(changes).GetAwaiter().GetResult());

    private async Task LoadAllAsync(params (string Name, JsonNode[] Rows)[] files)
    {
        foreach (var (name, rows) in files)
        {
            await _typed.LoadAsync(name, new JsonArray(rows));
            await _typed.WriteAsync();
        }
    }

    private static async Task HoldsAsync(IReadOnlyList<Change> changes)
    {
        TypedLake typed = new();
        Dictionary<string, IReadOnlyList<Told>> files = new(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var name = $"file-{change.File}.json";
            files[name] = change.Rows;
            await typed.LoadAsync(name, new JsonArray([.. change.Rows.Select(row => row.Json())]));
            if (change.Writes)
            {
                await typed.WriteAsync();
            }
        }

        await typed.WriteAsync();
        var all = files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value.Select(row => (File: file.Key, Row: row))).ToList();
        var standing = Standing([.. all.Select(one => one.Row)]);
        foreach (var month in new[] { "2026-10", "2026-11" })
        {
            Assert.Equal(
                all.Where((one, index) => standing[index] && one.Row.Month == month).Select(one => $"{one.File} {one.Row.Song} {one.Row.Source}"),
                Plays(typed, month));
        }

        var grown = typed.Typed;
        await typed.RebuildAsync();
        Assert.Equal(grown.OrderBy(file => file.Key, StringComparer.Ordinal), typed.Typed.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    // The rule once more, row against row.
    private static bool[] Standing(Told[] rows)
    {
        var standing = new bool[rows.Length];
        foreach (var source in new[] { "extended_streaming_history", "recently_played", "streaming_history" })
        {
            for (var index = 0; index < rows.Length; index++)
            {
                var row = rows[index];
                standing[index] |= row.Source == source && !rows.Where((_, other) => standing[other]).Any(other => IsSame(row, other));
            }
        }

        return standing;

        static bool IsSame(Told row, Told other) => row.Song == other.Song && (row.Source == other.Source
            ? row.ToldAt == other.ToldAt && (row.Source == "recently_played" || row.MsPlayed == other.MsPlayed)
            : row.Source == "streaming_history" ? row.ToldAt == other.Minute : row.ToldAt == other.ToldAt);
    }

    private IReadOnlyList<string> Plays(string month) => Plays(_typed, month);

    private static IReadOnlyList<string> Plays(TypedLake typed, string month)
    {
        if (!typed.Typed.TryGetValue(Table.Play.TypedKeyFor(month), out var bytes))
        {
            return [];
        }

        using ParquetFileReader file = new(new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(bytes)));
        var (files, songs, sources) = (Read(file, "raw_file"), Read(file, "song_name"), Read(file, "source"));
        return [.. files.Select((name, row) => $"{name} {songs[row]["Song ".Length..]} {sources[row]}")];
    }

    private static string[] Read(ParquetFileReader file, string column)
    {
        using var group = file.RowGroup(0);
        using var reader = group.Column(Table.Play.Columns.Index().First(one => one.Item == column).Index).LogicalReader<string>();
        return reader.ReadAll((int)group.MetaData.NumRows);
    }

    private static Gen<IReadOnlyList<Change>> Changes()
    {
        // Few of each, so that many are the same play.
        var row =
            from source in Gen.Elements("extended_streaming_history", "recently_played", "streaming_history")
            from song in Gen.Choose(1, 2)
            from seconds in Gen.Elements(0, 1, 59, 60, 119, 120, 121)
            from length in Gen.Elements(0, 200_000)
            select new Told(source, $"s{song}", s_start.AddSeconds(seconds), length);
        var change =
            from file in Gen.Choose(0, 4)
            from count in Gen.Choose(1, 5)
            from rows in row.ArrayOf(count)
            from writes in Gen.Elements(true, false)
            select new Change(file, rows, writes);
        return change.ListOf().Select(list => (IReadOnlyList<Change>)[.. list]);
    }

    private sealed record Change(int File, IReadOnlyList<Told> Rows, bool Writes);

    /// <summary>A play as one source tells it.</summary>
    private sealed record Told(string Source, string Song, DateTime Time, int MsPlayed)
    {
        public string Month => Time.ToString("yyyy-MM", CultureInfo.InvariantCulture);

        public DateTime Minute => Time.AddSeconds(-Time.Second);

        public DateTime ToldAt => Source == "streaming_history" ? Minute : Time;

        public JsonObject Json() => Source switch
        {
            "recently_played" => MadeUpPlays.Recent(Song, MadeUpPlays.Second(Time)),
            "streaming_history" => MadeUpPlays.LastYear(Song, MadeUpPlays.Minute(Time), MsPlayed),
            _ => MadeUpPlays.Extended(Song, MadeUpPlays.Second(Time), MsPlayed),
        };
    }
}
