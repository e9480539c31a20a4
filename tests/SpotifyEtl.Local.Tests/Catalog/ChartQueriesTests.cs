using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>The queries that compare a playlist's snapshots. Days are of 2026: the 5th of January is a Monday.</summary>
public sealed class ChartQueriesTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Moves_tell_what_is_new_gone_up_down_and_the_same()
    {
        Chart("p", 1, 5, "a", "b", "c", "d");
        Chart("p", 2, 6, "b", "a", "e", "d");
        await NamesAsync("a", "b", "c", "d", "e");

        Assert.Equal(
            """
            p|1|2|up|Song b|Artist b
            p|2|1|down|Song a|Artist a
            p|3|NULL|new|Song e|Artist e
            p|4|4|same|Song d|Artist d
            p|NULL|3|gone|Song c|Artist c
            """,
            await RunAsync("chart_moves"));
    }

    [Fact]
    public async Task Moves_are_between_the_newest_two_snapshots_of_each_playlist_whatever_lies_between_their_days()
    {
        Chart("p", 1, 5, "c", "b", "a");
        Chart("p", 2, 6, "a", "b");
        Chart("p", 3, 30, "b", "a");
        Chart("q", 1, 7, "a");
        await NamesAsync("a", "b", "c");

        Assert.Equal("p|1|2|up|Song b|Artist b\np|2|1|down|Song a|Artist a\nq|1|NULL|new|Song a|Artist a", await RunAsync("chart_moves"));
    }

    [Fact]
    public async Task A_snapshot_that_was_extracted_again_unchanged_is_one_snapshot()
    {
        Chart("p", 1, 5, "a", "b");
        Chart("p", 2, 6, "b", "a");
        Chart("p", 2, 7, "b", "a");
        Chart("p", 2, 8, "b", "a");
        await NamesAsync("a", "b");

        Assert.Equal("p|1|2|up|Song b|Artist b\np|2|1|down|Song a|Artist a", await RunAsync("chart_moves"));
    }

    [Fact]
    public async Task A_snapshot_that_comes_back_later_is_another_one()
    {
        Chart("p", 1, 5, "a", "b");
        Chart("p", 2, 6, "b", "a");
        Chart("p", 1, 7, "a", "b");
        await NamesAsync("a", "b");

        Assert.Equal("p|1|2|up|Song a|Artist a\np|2|1|down|Song b|Artist b", await RunAsync("chart_moves"));
    }

    [Fact]
    public async Task A_song_that_stands_twice_counts_where_it_is_higher_and_rejected_places_stay_free()
    {
        _lake.Put(Table.Playlist, "p-1", Place("p", 1, 5, 1, "a"), Place("p", 1, 5, 3, "b"), Place("p", 1, 5, 10, "a"));
        _lake.Put(Table.Playlist, "p-2", Place("p", 2, 6, 2, "b"), Place("p", 2, 6, 9, "a"), Place("p", 2, 6, 11, "a"));
        await NamesAsync("a", "b");

        Assert.Equal("p|2|3|up|Song b|Artist b\np|9|1|down|Song a|Artist a", await RunAsync("chart_moves"));
        Assert.Equal("p|1|2|3|Song b|Artist b", await RunAsync("biggest_climbers"));
    }

    [Fact]
    public async Task Growth_counts_the_songs_of_each_snapshot_and_those_that_came_and_went()
    {
        Chart("p", 1, 5, "a", "b", "c");
        Chart("p", 2, 6, "b", "a", "d", "e");
        Chart("p", 2, 7, "b", "a", "d", "e");
        Chart("p", 1, 8, "a", "b", "c");
        Chart("q", 1, 7, "a", "a");
        await NamesAsync("a");

        Assert.Equal(
            """
            p|2026-01-05 06:00:00.000|3|NULL|NULL
            p|2026-01-06 06:00:00.000|4|2|1
            p|2026-01-08 06:00:00.000|3|1|2
            q|2026-01-07 06:00:00.000|1|NULL|NULL
            """,
            await RunAsync("playlist_growth"));
    }

    [Fact]
    public async Task Climbers_are_ten()
    {
        var songs = Enumerable.Range(0, 24).Select(song => $"s{song:00}").ToArray();
        Chart("p", 1, 5, songs);
        Chart("p", 2, 6, [.. songs.Reverse()]);
        await NamesAsync(songs);

        var all = (await RunAsync("biggest_climbers")).Split('\n');

        Assert.Equal(
            Enumerable.Range(0, 10).Select(index => $"p|{23 - (2 * index)}|{index + 1}|{24 - index}|Song s{23 - index:00}|Artist s{23 - index:00}"), all);
    }

    [Fact]
    public async Task All_climbers_that_are_level_with_the_tenth_are_shown()
    {
        var before = Enumerable.Range(0, 13).Select(song => $"s{song:00}").ToArray();
        Chart("p", 1, 5, [.. Enumerable.Repeat("x", 20), .. before]);
        Chart("p", 2, 6, before);
        await NamesAsync([.. before, "x"]);

        var all = (await RunAsync("biggest_climbers")).Split('\n');

        Assert.Equal(13, all.Length);
        Assert.All(all, (line, index) => Assert.Equal($"p|20|{index + 1}|{index + 21}|Song s{index:00}|Artist s{index:00}", line));
    }

    [Fact]
    public async Task Climbers_are_ordered_by_how_far_they_climbed()
    {
        Chart("p", 1, 5, "a", "b", "c", "d");
        Chart("p", 2, 6, "d", "c", "a", "b");
        await NamesAsync("a", "b", "c", "d");

        Assert.Equal("p|3|1|4|Song d|Artist d\np|1|2|3|Song c|Artist c", await RunAsync("biggest_climbers"));
    }

    [Fact]
    public async Task Weeks_count_the_days_on_which_nothing_was_extracted_because_nothing_changed()
    {
        // Monday the 5th to Sunday the 25th is three weeks; on Monday the 26th a is gone.
        Chart("p", 1, 5, "a", "b");
        Chart("p", 2, 26, "b");
        await NamesAsync("a", "b");

        Assert.Equal("p|4|1|2026-01-05|2026-01-26|Song b\np|3|1|2026-01-05|2026-01-25|Song a", await RunAsync("weeks_on_chart"));
    }

    [Fact]
    public async Task A_week_counts_once_however_many_snapshots_it_has_and_weeks_away_do_not_count()
    {
        Chart("p", 1, 5, "a", "b");
        Chart("p", 2, 6, "b", "a");
        Chart("p", 3, 7, "b");
        Chart("p", 4, 9, "b", "a");
        Chart("p", 5, 12, "b");
        Chart("p", 6, 26, "a", "b");
        await NamesAsync("a", "b");

        Assert.Equal("p|4|1|2026-01-05|2026-01-26|Song b\np|2|1|2026-01-05|2026-01-26|Song a", await RunAsync("weeks_on_chart"));
    }

    [Fact]
    public async Task Of_several_snapshots_of_a_day_the_last_one_counts_and_those_without_a_time_do_not()
    {
        _lake.Put(Table.Playlist, "p-1", ["p", "n1", "2026-01-05T06:00:00Z", "1", "a", ""]);
        _lake.Put(Table.Playlist, "p-2", ["p", "n2", "2026-01-05T18:00:00Z", "1", "b", ""]);
        _lake.Put(Table.Playlist, "p-3", ["p", "n3", "", "1", "c", ""]);
        await NamesAsync("a", "b", "c");

        Assert.Equal("p|1|1|2026-01-05|2026-01-05|Song b", await RunAsync("weeks_on_chart"));
    }

    [Fact]
    public async Task An_artist_has_a_share_of_the_newest_snapshot_with_every_song_that_credits_it_once()
    {
        Chart("p", 1, 5, "x", "y", "z");
        Chart("p", 2, 6, "a", "b", "a");
        await NamesAsync("a", "b", "x", "y", "z");
        _lake.Put(Table.Song, "more", ["b", "Song b", "1000", "u", "50", "", "album", "artist-b", "false", "", Time(5)]);
        _lake.Put(Table.SongArtist, "more", ["b", "artist-b", "1", Time(5)], ["b", "artist-a", "2", Time(5)]);
        await _lake.CrawlAsync();

        Assert.Equal("p|Artist a|2|100.0|1\np|Artist b|1|50.0|2", await RunAsync("artist_share"));
    }

    [Fact]
    public async Task Of_the_two_Top_50_files_28_songs_stay_22_leave_and_22_enter()
    {
        if (SharedRawFiles.Folder is not { } shared)
        {
            return;
        }

        // The names sort the other way; only the entries tell which file is the later one.
        foreach (var (copy, name) in new[] { ("b.json", "top50_global_2024-04-22.json"), ("a.json", "top50_global_2024-05-15.json") })
        {
            RawFileName file = new(copy);
            Directory.CreateDirectory(Path.GetDirectoryName(_lake.PathOf(file.ToProcessKey))!);
            File.Copy(Path.Combine(shared, name), _lake.PathOf(file.ToProcessKey));
            RawFileTransformer transformer = new(_lake.Lake, Options.Create(new QualityOptions()));
            Assert.IsType<Transformed>(await transformer.TransformAsync(file.ToProcessKey, TestContext.Current.CancellationToken));
        }

        await _lake.CrawlAsync();
        var moves = (await RunAsync("chart_moves")).Split('\n').CountBy(line => line.Split('|')[3]).ToDictionary();

        Assert.Equal(
            (28, 22, 22), (moves.GetValueOrDefault("up") + moves.GetValueOrDefault("down") + moves.GetValueOrDefault("same"), moves["gone"], moves["new"]));
        var snapshots = (await RunAsync("snapshots")).Split('\n').Select(line => line.Split('|')).ToList();
        Assert.Equal(["2024-04", "2024-05"], snapshots.Select(snapshot => snapshot[2][..7]));
        Assert.All(snapshots, snapshot => Assert.Equal(("added_at", "yes"), (snapshot[3], snapshot[5])));
        Assert.All((await RunAsync("chart_moves")).Split('\n'), line => Assert.EndsWith("|added_at|0", line, StringComparison.Ordinal));
    }

    private static string Time(int day) => $"2026-01-{day:00}T06:00:00Z";

    private static string[] Place(string playlist, int snapshot, int day, int position, string song) =>
        [playlist, $"n{snapshot}", Time(day), $"{position}", song, ""];

    private void Chart(string playlist, int snapshot, int day, params string[] songs) =>
        _lake.Put(Table.Playlist, $"{playlist}-{day:00}", [.. songs.Select((song, index) => Place(playlist, snapshot, day, index + 1, song))]);

    /// <summary>Gives each song a name and an artist of its own, and crawls.</summary>
    private async Task NamesAsync(params string[] songs)
    {
        _lake.Put(
            Table.Song,
            "names",
            [.. songs.Select(song => new[] { song, $"Song {song}", "1000", "u", "50", "", "album", $"artist-{song}", "false", "", Time(5) })]);
        _lake.Put(Table.Artist, "names", [.. songs.Select(song => new[] { $"artist-{song}", $"Artist {song}", "u", Time(5) })]);
        _lake.Put(Table.SongArtist, "names", [.. songs.Select(song => new[] { song, $"artist-{song}", "1", Time(5) })]);
        await _lake.CrawlAsync();
    }

    /// <summary>The answer, without what it rests on where that is the times of the extractions alone.</summary>
    private async Task<string> RunAsync(string name) =>
        (await new DuckDbQueries(_lake.Lake).LinesAsync(NamedQueries.Get(name).Sql)).Replace("|extracted_at|0", "", StringComparison.Ordinal);
}
