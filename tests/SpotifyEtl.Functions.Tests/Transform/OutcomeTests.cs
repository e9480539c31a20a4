using System.Collections.Concurrent;
using System.Text;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class OutcomeTests
{
    private static readonly byte[] s_ownFile = Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1"), null, MadeUp.Row("s2")).ToJsonString());

    [Fact]
    public async Task The_outcome_counts_rows_and_hashes_what_was_read_and_written()
    {
        var run = await Transformation.OfAsync(s_ownFile, Transformation.OwnName);

        Assert.Equal("37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z", run.Good.Stem);
        Assert.Equal(Transformation.Sha256(s_ownFile), run.Good.RawSha256);
        Assert.Equal(3, run.Good.Items);
        (Table, long)[] rows =
            [(Table.Album, 2), (Table.Artist, 1), (Table.Song, 2), (Table.Playlist, 2), (Table.SongArtist, 2), (Table.Rejected, 1)];
        Assert.All(rows, table => Assert.Equal(table.Item2, run.Good.Rows[table.Item1]));
        Assert.Equal(["[no_track, 1]"], run.Good.Rejected.Select(rows => rows.ToString()));
        Assert.Equal(Table.All.Where(table => run.Good.Rows[table] > 0).Select(table => table.Name), run.Good.Tables.Select(table => table.Table));
        Assert.All(run.Good.Tables, table =>
        {
            Assert.Equal(run.Lake[table.Key].Length, table.SizeBytes);
            Assert.Equal(Transformation.Sha256(run.Lake[table.Key]), table.Sha256);
        });
        Assert.Equal("transformed_data/album_data/album_transformed_37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z.csv", run.Good.Tables[0].Key);
    }

    [Fact]
    public async Task A_table_without_rows_gets_no_object_and_loses_an_old_one()
    {
        var lake = new MemoryLake { [Table.Rejected.KeyFor("raw")] = "old"u8.ToArray(), [Table.Song.KeyFor("raw")] = "old"u8.ToArray() };

        var run = await Transformation.OfAsync(Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1")).ToJsonString()), lake: lake);

        Assert.Equal("", run.Csv(Table.Rejected));
        Assert.Equal("s1", run.Cell(Table.Song, "song_id"));
        Assert.DoesNotContain(run.Good.Tables, table => table.Table == "rejected");
        Assert.Equal(0, run.Good.Rows[Table.Rejected]);
    }

    [Fact]
    public async Task The_same_bytes_and_name_give_the_same_objects()
    {
        var first = await Transformation.OfAsync(s_ownFile, Transformation.OwnName);
        var again = await Transformation.OfAsync(s_ownFile, Transformation.OwnName, lake: first.Lake);
        var elsewhere = await Transformation.OfAsync(s_ownFile, Transformation.OwnName);

        Assert.Equal(first.Everything(), again.Everything());
        Assert.Equal(first.Everything(), elsewhere.Everything());
    }

    [Fact]
    public async Task Any_key_will_do_and_only_its_name_counts()
    {
        var lake = new MemoryLake { ["raw_data/processed/x/" + Transformation.OwnName] = s_ownFile };
        var transformer = new RawFileTransformer(lake, new QualityOptions(), RawFileLimits.Default);

        var outcome = await transformer.TransformAsync("raw_data/processed/x/" + Transformation.OwnName, TestContext.Current.CancellationToken);

        Assert.Equal("37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z", Assert.IsType<Transformed>(outcome).Stem);
    }

    [Fact]
    public async Task Nothing_is_committed_before_the_whole_file_was_read()
    {
        var read = 0L;
        var readAtCommit = new ConcurrentBag<long>();
        var raw = Encoding.UTF8.GetBytes(MadeUp.Own([.. Enumerable.Range(0, 500).Select(i => MadeUp.Row($"s{i}"))]).ToJsonString());
        var lake = new MemoryLake
        {
            Reading = stream => new CutStream(stream, [1000], count => read += count),
            Before = (what, _) =>
            {
                if (what == "commit")
                {
                    readAtCommit.Add(read);
                }
            },
        };

        var run = await Transformation.OfAsync(raw, lake: lake, limits: new RawFileLimits(4096, 1 << 20));

        Assert.Equal(run.Good.Tables.Count, readAtCommit.Count);
        Assert.All(readAtCommit, bytes => Assert.Equal(raw.Length, bytes));
    }

    [Fact]
    public async Task Tables_of_many_rows_are_whole_and_hashed()
    {
        var run = await Transformation.OfAsync(MadeUp.Own([.. Enumerable.Range(0, 4000).Select(i => MadeUp.Row($"s{i}"))]));

        Assert.Equal(Enumerable.Range(0, 4000).Select(i => $"s{i}"), run.Column(Table.Song, "song_id"));
        Assert.All(run.Good.Tables, table => Assert.Equal(Transformation.Sha256(run.Lake[table.Key]), table.Sha256));
    }

    [Fact]
    public async Task A_missing_file_is_the_lakes_own_error()
    {
        var transformer = new RawFileTransformer(new MemoryLake(), new QualityOptions(), RawFileLimits.Default);

        await Assert.ThrowsAsync<LakeObjectNotFoundException>(
            () => transformer.TransformAsync("raw_data/to_process/x.json", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("create", "rejected_data", 0)]
    [InlineData("commit", "song_data", 6)]
    [InlineData("open", "raw_data", 0)]
    public async Task Errors_of_the_lake_pass_through_as_they_are(string what, string where, int tables)
    {
        var failure = new TransientEtlException("The lake is away.");
        var lake = new MemoryLake
        {
            Before = (step, key) =>
            {
                if (step == what && key.Contains(where, StringComparison.Ordinal))
                {
                    throw failure;
                }
            },
        };

        var thrown = await Assert.ThrowsAsync<TransientEtlException>(() => Transformation.OfAsync(s_ownFile, lake: lake));

        Assert.Same(failure, thrown);
        Assert.Equal(tables, lake.Keys.Count(key => key.StartsWith(LakeKeys.Transformed, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_error_while_reading_passes_through_and_leaves_no_tables(bool own)
    {
        var failure = new TransientEtlException("The connection broke.");
        var json = own ? MadeUp.Own(MadeUp.Row("s1"), MadeUp.Row("s2")) : MadeUp.Page(MadeUp.Row("s1"), MadeUp.Row("s2"));
        var raw = Encoding.UTF8.GetBytes(json.ToJsonString());
        var lake = new MemoryLake();
        lake.Reading = stream => new CutStream(stream, [64], _ =>
        {
            if (stream.Position > raw.Length - 100)
            {
                throw failure;
            }
        });

        var thrown = await Assert.ThrowsAsync<TransientEtlException>(() => Transformation.OfAsync(raw, lake: lake, limits: new RawFileLimits(64, 1 << 20)));

        Assert.Same(failure, thrown);
        Assert.Equal(["raw_data/to_process/raw.json"], lake.Keys);
    }

    [Fact]
    public async Task A_foreign_file_that_is_replaced_between_its_two_passes_is_worth_another_try()
    {
        var openings = 0;
        var lake = new MemoryLake();
        lake.Before = (what, key) =>
        {
            if (what == "open" && ++openings == 2)
            {
                lake[key] = "[null,null,null,null]"u8.ToArray();
            }
        };

        var thrown = await Assert.ThrowsAsync<TransientEtlException>(
            () => Transformation.OfAsync(Encoding.UTF8.GetBytes(MadeUp.Page(MadeUp.Row("s1")).ToJsonString()), lake: lake));

        Assert.Contains("raw_data/to_process/raw.json", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(["raw_data/to_process/raw.json"], lake.Keys);
    }

    [Fact]
    public async Task A_cancelled_transform_stops_and_leaves_no_tables()
    {
        using var cancel = new CancellationTokenSource();
        var lake = new MemoryLake { ["raw_data/to_process/raw.json"] = s_ownFile, Before = (what, _) => { if (what == "create") { cancel.Cancel(); } } };
        var transformer = new RawFileTransformer(lake, new QualityOptions(), RawFileLimits.Default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transformer.TransformAsync("raw_data/to_process/raw.json", cancel.Token));

        Assert.Equal(["raw_data/to_process/raw.json"], lake.Keys);
    }
}
