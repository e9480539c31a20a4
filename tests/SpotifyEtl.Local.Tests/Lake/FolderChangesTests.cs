using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Lake;

public sealed class FolderChangesTests : IDisposable
{
    private const string One = "artist_transformed_one.csv";

    private static readonly string s_one = Table.Artist.KeyFor("one");

    private readonly TemporaryFolder _folder = new();
    private readonly FolderLake _lake;

    public FolderChangesTests() => _lake = new FolderLake(_folder.FullPath);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_nothing_is_known_of_what_happened_before_all_files_are_claimed()
    {
        var claimed = await ClaimAsync(Table.Artist);

        Assert.True(claimed.All);
    }

    [Fact]
    public async Task Until_all_files_are_claimed_no_mark_is_needed()
    {
        await WriteAsync(s_one);

        var claimed = await ClaimAsync(Table.Artist);

        Assert.True(claimed.All);
        Assert.Empty(claimed.Names);
    }

    [Fact]
    public async Task What_is_written_and_what_is_deleted_is_claimed_by_name()
    {
        await WriteAsync(s_one);
        await BeginAnewAsync();
        await WriteAsync(Table.Artist.KeyFor("two"));
        await WriteAsync(Table.Artist.Prefix + "deeper/three.csv");
        await _lake.DeleteAsync(s_one, Cancellation);

        var claimed = await ClaimAsync(Table.Artist);

        Assert.False(claimed.All);
        Assert.Equal([One, "artist_transformed_two.csv", "deeper/three.csv"], claimed.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_as_long_as_names_may_be_is_claimed()
    {
        await BeginAnewAsync();
        var stem = new string('x', 255 - Table.Artist.KeyFor("")[Table.Artist.Prefix.Length..].Length);
        await WriteAsync(Table.Artist.KeyFor(stem));

        Assert.Equal([Table.Artist.KeyFor(stem)[Table.Artist.Prefix.Length..]], (await ClaimAsync(Table.Artist)).Names);
    }

    [Fact]
    public async Task To_delete_what_is_not_there_leaves_no_mark()
    {
        await BeginAnewAsync();

        await _lake.DeleteAsync(s_one, Cancellation);

        Assert.Empty((await ClaimAsync(Table.Artist)).Names);
    }

    [Fact]
    public async Task An_object_that_is_given_up_before_its_commit_leaves_no_mark()
    {
        await BeginAnewAsync();

        await using (var writer = await _lake.CreateAsync(s_one, Cancellation))
        {
            await writer.Stream.WriteAsync("x"u8.ToArray(), Cancellation);
        }

        Assert.Empty((await ClaimAsync(Table.Artist)).Names);
    }

    [Fact]
    public async Task What_no_crawler_looks_at_leaves_no_mark()
    {
        await BeginAnewAsync();

        await WriteAsync("raw_data/to_process/a.json");
        await WriteAsync("transformed_data/artist_data.csv");
        await WriteAsync(Table.Artist.Prefix + ".hidden.csv");
        await WriteAsync(Table.Artist.Prefix + ".all");
        await WriteAsync(Table.All.First(table => !table.IsCrawled).KeyFor("one"));

        foreach (var table in Table.Crawled)
        {
            var claimed = await ClaimAsync(table);
            Assert.False(claimed.All);
            Assert.Empty(claimed.Names);
        }

        Assert.Equal(
            Table.Crawled.Select(table => table.CatalogName).Order(StringComparer.Ordinal),
            Directory.GetDirectories(_folder.File(".changes")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_claimed_and_not_forgotten_is_claimed_again_with_what_came_since()
    {
        await BeginAnewAsync();
        await WriteAsync(s_one);
        await ClaimAsync(Table.Artist);
        await WriteAsync(Table.Artist.KeyFor("two"));

        var both = await ClaimAsync(Table.Artist);
        both.Forget();

        Assert.Equal([One, "artist_transformed_two.csv"], both.Names.Order(StringComparer.Ordinal));
        Assert.Empty((await ClaimAsync(Table.Artist)).Names);
    }

    [Fact]
    public async Task All_files_are_claimed_when_that_was_asked_for_until_it_is_forgotten()
    {
        await BeginAnewAsync();
        await new FolderLake(_folder.FullPath).Changes.Of(Table.Artist).AskForAllAsync(Cancellation);

        await ClaimAsync(Table.Artist);
        var again = await ClaimAsync(Table.Artist);
        again.Forget();

        Assert.True(again.All);
        Assert.False((await ClaimAsync(Table.Artist)).All);
    }

    [Fact]
    public async Task A_mark_is_not_claimed_before_its_change_is_made()
    {
        await BeginAnewAsync();
        var change = await new FolderLake(_folder.FullPath).Changes.BeginAsync(s_one, Cancellation);
        var other = await _lake.Changes.BeginAsync(Table.Artist.KeyFor("two"), Cancellation);

        var claim = ClaimAsync(Table.Artist);
        Assert.False(claim.IsCompleted);
        change!.Dispose();
        Assert.False(claim.IsCompleted);
        other!.Dispose();

        Assert.Equal([One, "artist_transformed_two.csv"], (await claim).Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_changes_of_one_table_do_not_hold_up_the_claim_of_another()
    {
        await BeginAnewAsync();
        using var change = await _lake.Changes.BeginAsync(s_one, Cancellation);

        Assert.Empty((await ClaimAsync(Table.Album)).Names);
    }

    [Fact]
    public async Task Marks_take_no_room_of_their_own_on_the_disk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere they are files.");
        await BeginAnewAsync();
        await WriteAsync(s_one);
        var gate = _folder.File(".changes/artist_data/gate");

        // What is written to the one is read from the other: they are one file.
        await File.WriteAllTextAsync(gate, "x", Cancellation);

        Assert.Equal("x", await File.ReadAllTextAsync(_folder.File($".changes/artist_data/new/{One}"), Cancellation));
    }

    [Fact]
    public async Task A_change_that_can_leave_no_mark_is_not_made()
    {
        await File.WriteAllTextAsync(_folder.File(".changes"), "in the way", Cancellation);

        await Assert.ThrowsAnyAsync<EtlException>(() => WriteAsync(s_one));

        Assert.Null(await _lake.FindAsync(s_one, Cancellation));
    }

    [Fact]
    public async Task Marks_that_are_left_and_claimed_at_once_are_all_claimed()
    {
        const int Names = 400;
        await BeginAnewAsync();
        var leaving = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            FolderLake lake = new(_folder.FullPath);
            for (var number = writer; number < Names; number += 4)
            {
                using var change = await lake.Changes.BeginAsync(Table.Artist.KeyFor($"{number}"), Cancellation);
            }
        }, Cancellation)));

        HashSet<string> names = new(StringComparer.Ordinal);
        bool wereLeft;
        do
        {
            wereLeft = leaving.IsCompleted;
            var claimed = await ClaimAsync(Table.Artist);
            names.UnionWith(claimed.Names);
            claimed.Forget();
        }
        while (!wereLeft);

        await leaving;
        Assert.Equal(Names, names.Count);
    }

    private Task<ClaimedChanges> ClaimAsync(Table table) => _lake.Changes.Of(table).ClaimAsync(Cancellation);

    /// <summary>Does as crawls do that succeeded.</summary>
    private async Task BeginAnewAsync()
    {
        foreach (var table in Table.Crawled)
        {
            (await ClaimAsync(table)).Forget();
        }
    }

    private async Task WriteAsync(string key)
    {
        await using var writer = await _lake.CreateAsync(key, Cancellation);
        await writer.Stream.WriteAsync("x"u8.ToArray(), Cancellation);
        await writer.CommitAsync(Cancellation);
    }
}
