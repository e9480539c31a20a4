using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
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
    public async Task A_file_that_goes_to_another_month_leaves_its_old_one()
    {
        var name = "x.json";
        await _typed.LoadAsync(name, TypedLake.Playlist("2026-10", 31, "s1"));
        await _typed.WriteAsync();
        await _typed.LoadAsync(name, TypedLake.Playlist("2026-11", 1, "s1"));

        await _typed.WriteAsync();

        Assert.All(_typed.Typed.Keys, key => Assert.Contains("month=2026-11", key, StringComparison.Ordinal));
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
