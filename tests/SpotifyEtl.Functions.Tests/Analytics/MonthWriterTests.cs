using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Parquet;
using Parquet.Schema;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Analytics;

public sealed class MonthWriterTests
{
    private readonly TypedLake _typed = new();

    [Fact]
    public async Task A_loaded_file_makes_its_month_due_until_that_is_written()
    {
        await _typed.LoadAsync(TypedLake.NameOf("2026-11", 1), TypedLake.Playlist("2026-11", 1, "s1", "s2"));
        Assert.Equal(["2026-11"], await _typed.DueAsync());

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Empty(await _typed.DueAsync());
        Assert.Equal(("2026-11", 2L, 2L, 1L), (written.Month, written.Rows[Table.Song], written.Rows[Table.Playlist], written.Rows[Table.Snapshot]));
        Assert.Contains("analytics_data/songs/month=2026-11/songs-2026-11.parquet", _typed.Lake.Keys);
        Assert.DoesNotContain(_typed.Lake.Keys, key => key.StartsWith("analytics_data/rejects/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_month_that_is_not_due_is_left_as_it_is()
    {
        await _typed.LoadAsync(TypedLake.NameOf("2026-11", 1), TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        var begun = _typed.Lake.Keys;
        List<string> committed = [];
        _typed.Lake.Before = (step, key) => committed.AddRange(step == "commit" && key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal) ? [key] : []);

        await _typed.Writer.WriteAsync("2026-11", TestContext.Current.CancellationToken);

        Assert.Empty(committed);
        Assert.Equal(begun, _typed.Lake.Keys);
    }

    [Fact]
    public async Task A_month_is_not_due_for_a_file_before_its_entry_is_there()
    {
        var entry = LakeKeys.MonthEntry("2026-11", "a");
        _typed.Lake.Before = (step, key) =>
        {
            if (step == "commit" && key == entry)
            {
                throw new TransientEtlException("The bucket is slow.");
            }
        };

        await Assert.ThrowsAsync<TransientEtlException>(() => _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1")));

        Assert.Empty(await _typed.DueAsync());
    }

    [Fact]
    public async Task A_file_that_goes_to_another_month_leaves_its_old_one()
    {
        var name = "x.json";
        await _typed.LoadAsync(name, TypedLake.Playlist("2026-10", 31, "s1"));
        await _typed.WriteAsync();
        await _typed.LoadAsync(name, TypedLake.Playlist("2026-11", 1, "s1"));

        await _typed.WriteAsync();

        Assert.All(_typed.Typed.Keys, key => Assert.Contains("month=2026-11", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runs_at_once_into_one_month_lose_no_row_of_each_other()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));
        var between = 0;
        _typed.Lake.Before = (step, key) =>
        {
            // A whole other run comes between what this one has read and what it writes.
            if (step == "commit" && key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal) && Interlocked.Increment(ref between) == 1)
            {
                _typed.LoadAsync("c.json", TypedLake.Playlist("2026-11", 3, "s3")).GetAwaiter().GetResult();
                _typed.WriteAsync().GetAwaiter().GetResult();
            }
        };

        await _typed.WriteAsync();
        _typed.Lake.Before = (_, _) => { };
        await _typed.WriteAsync();

        var grown = _typed.Typed;
        Assert.True(between > 1, "nothing came between");
        await _typed.RebuildAsync();
        Assert.Equal(grown, _typed.Typed);
        Assert.Equal(3, (await _typed.RecordAsync("2026-11"))!.Rows[Table.Song]);
    }

    [Theory]
    [InlineData("commit", LakeKeys.Analytics, 1)]
    [InlineData("commit", LakeKeys.Analytics, 4)]
    [InlineData("commit", LakeKeys.Months, 1)]
    [InlineData("delete", LakeKeys.DueMonths, 1)]
    public async Task A_step_that_is_cut_short_anywhere_is_made_whole_by_the_next(string step, string prefix, int nth)
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.LoadAsync("m.json", TypedLake.Playlist("2026-11", 1, "s2"));
        await _typed.WriteAsync();
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s1", "s3"));
        var times = 0;
        _typed.Lake.Before = (taken, key) =>
        {
            if (taken == step && key.StartsWith(prefix, StringComparison.Ordinal) && Interlocked.Increment(ref times) >= nth)
            {
                throw new TransientEtlException("killed");
            }
        };
        await Assert.ThrowsAsync<TransientEtlException>(_typed.WriteAsync);
        _typed.Lake.Before = (_, _) => { };

        await _typed.WriteAsync();

        var mended = _typed.Typed;
        Assert.Empty(await _typed.DueAsync());
        await _typed.RebuildAsync();
        Assert.Equal(mended, _typed.Typed);
    }

    [Fact]
    public async Task A_damaged_file_is_built_anew_by_the_run_that_touches_its_month()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        _typed.Lake[Table.Song.TypedKeyFor("2026-11")] = "no parquet"u8.ToArray();
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal((2L, 0), (written.Rows[Table.Song], written.Warnings.Count));
    }

    [Fact]
    public async Task CSV_that_is_damaged_is_left_out_and_named_and_its_month_stays_due()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));
        _typed.Lake[Table.Song.KeyFor("a")] = "song_id\n\"open"u8.ToArray();

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal(1, written.Rows[Table.Song]);
        Assert.StartsWith("transformed_data/song_data/song_transformed_a.csv ", Assert.Single(written.Warnings), StringComparison.Ordinal);
        Assert.Equal(["2026-11"], await _typed.DueAsync());
    }

    [Fact]
    public async Task A_raw_file_that_is_gone_with_its_CSV_has_no_rows_and_is_no_matter_to_warn_of()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));
        foreach (var key in _typed.Lake.Keys.Where(key => key == $"{LakeKeys.ToProcess}a.json" || key.EndsWith("_a.csv", StringComparison.Ordinal)).ToList())
        {
            await _typed.Lake.DeleteAsync(key, TestContext.Current.CancellationToken);
        }

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal((1L, 0), (written.Rows[Table.Song], written.Warnings.Count));
        Assert.Empty(await _typed.DueAsync());
    }

    [Fact]
    public async Task What_another_wrote_under_a_files_name_is_left_alone_and_named()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        var foreign = await ForeignAsync();
        _typed.Lake[Table.Song.TypedKeyFor("2026-11")] = foreign;
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal(foreign, _typed.Lake[Table.Song.TypedKeyFor("2026-11")]);
        Assert.Contains("was not written by this pipeline", Assert.Single(written.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, written.Rows[Table.Album]);
    }

    [Fact]
    public async Task What_lies_beside_a_months_file_is_left_alone_and_named()
    {
        var stranger = Table.Song.TypedPrefixFor("2026-11") + "export.parquet";
        _typed.Lake[stranger] = await ForeignAsync();
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Contains(stranger, _typed.Lake.Keys);
        Assert.StartsWith($"{stranger} was not written by this pipeline", Assert.Single(written.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, written.Rows[Table.Song]);
    }

    [Fact]
    public async Task Once_what_another_wrote_is_moved_away_the_next_run_writes_the_whole_month()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        await _typed.WriteAsync();
        _typed.Lake[Table.Song.TypedKeyFor("2026-11")] = await ForeignAsync();
        await _typed.LoadAsync("b.json", TypedLake.Playlist("2026-11", 2, "s2"));
        await _typed.WriteAsync();
        await _typed.Lake.DeleteAsync(Table.Song.TypedKeyFor("2026-11"), TestContext.Current.CancellationToken);

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal((2L, 0), (written.Rows[Table.Song], written.Warnings.Count));
        Assert.Empty(await _typed.DueAsync());
    }

    [Fact]
    public async Task CSV_of_an_earlier_version_is_taken_and_what_it_lacks_is_told()
    {
        await _typed.LoadAsync("a.json", TypedLake.Playlist("2026-11", 1, "s1"));
        _typed.Lake[Table.Artist.KeyFor("a")] = "artist_id,artist_name,external_url,extracted_at\na1,Ann,u,2026-11-01T06:00:00Z\n"u8.ToArray();

        var written = Assert.Single(await _typed.WriteAsync());

        Assert.Equal(1, written.Rows[Table.Artist]);
        Assert.Contains("artists of 2026-11 lacks raw_file of 1 raw file", Assert.Single(written.Warnings), StringComparison.Ordinal);
    }

    private static async Task<byte[]> ForeignAsync()
    {
        using MemoryStream bytes = new();
        ParquetSchema schema = new(new DataField("song_id", typeof(string), isNullable: true));
        await using (var parquet = await ParquetWriter.CreateAsync(schema, bytes))
        {
            using var group = parquet.CreateRowGroup();
        }

        return bytes.ToArray();
    }

    [Property(MaxTest = 30)]
    public Property Whatever_came_and_in_whatever_order_the_bytes_are_those_that_the_CSV_alone_gives() =>
        Prop.ForAll(Changes().ToArbitrary(), changes => ComesToTheSameAsync(changes).GetAwaiter().GetResult());

    private static async Task<bool> ComesToTheSameAsync(IReadOnlyList<Change> changes)
    {
        TypedLake typed = new();
        foreach (var change in changes)
        {
            var day = (change.File % 28) + 1;
            string[] songs = [.. Enumerable.Range(0, change.Songs).Select(song => $"s{song}")];
            await typed.LoadAsync($"file-{change.File}.json", TypedLake.Playlist(change.Month, day, songs));
            if (change.Writes)
            {
                await typed.WriteAsync();
            }
        }

        await typed.WriteAsync();
        var grown = typed.Typed;
        await typed.RebuildAsync();
        var built = typed.Typed;
        return grown.Keys.Order(StringComparer.Ordinal).SequenceEqual(built.Keys.Order(StringComparer.Ordinal))
            && grown.All(file => file.Value.AsSpan().SequenceEqual(built[file.Key]));
    }

    private static Gen<IReadOnlyList<Change>> Changes()
    {
        var change =
            from file in Gen.Choose(0, 5)
            from month in Gen.Elements("2026-10", "2026-11")
            from songs in Gen.Choose(0, 4)
            from writes in Gen.Elements(true, false)
            select new Change(file, month, songs, writes);
        return change.ListOf().Select(list => (IReadOnlyList<Change>)[.. list]);
    }

    private sealed record Change(int File, string Month, int Songs, bool Writes);
}
