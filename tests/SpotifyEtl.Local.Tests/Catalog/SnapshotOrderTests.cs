using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>The order of a playlist's snapshots is known or not claimed.</summary>
public sealed class SnapshotOrderTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Where_only_entries_tell_the_later_one_holds_an_entry_added_after_all_in_the_earlier_and_the_answer_says_what_it_rests_on()
    {
        Snapshot("p", "n1", "", "z.json", ("a", 1), ("b", 2));
        Snapshot("p", "n2", "", "a.json", ("b", 2), ("c", 3));

        Assert.Equal("p|1|2|up|added_at|0\np|2|NULL|new|added_at|0\np|NULL|1|gone|added_at|0", await MovesAsync());
    }

    [Fact]
    public async Task Snapshots_with_the_same_newest_entry_tie_and_take_no_part()
    {
        Snapshot("p", "n1", "", "a.json", ("a", 1));
        Snapshot("p", "n2", "", "b.json", ("a", 1), ("b", 2));
        Snapshot("p", "n3", "", "c.json", ("c", 2));
        Snapshot("p", "n4", "", "d.json", ("a", 3));

        Assert.Equal("p|1|1|same|added_at|2", await MovesAsync());
        Assert.Equal("n1|yes\nn2|tie\nn3|tie\nn4|yes", await PartAsync());
    }

    [Fact]
    public async Task A_snapshot_that_tells_no_time_takes_no_part_unless_it_is_the_only_one()
    {
        Snapshot("p", "n1", Time(5), "a.json", ("a", 1));
        Snapshot("p", "n2", "", "b.json", ("b", 0));
        Snapshot("q", "n3", "", "c.json", ("c", 0));

        Assert.Equal("p|1|NULL|new|extracted_at|1\nq|1|NULL|new|NULL|0", await MovesAsync());
        Assert.Equal("n2|no time\nn1|yes\nn3|yes", await PartAsync());
    }

    [Fact]
    public async Task One_whose_entries_neither_follow_those_before_nor_precede_those_after_has_no_order()
    {
        Snapshot("p", "n1", Time(5), "a.json", ("a", 4));
        Snapshot("p", "n2", "", "b.json", ("b", 4));
        Snapshot("p", "n3", "", "c.json", ("c", 3));
        Snapshot("p", "n4", "", "d.json", ("d", 6));

        Assert.Equal("n3|yes\nn2|no order\nn1|yes\nn4|yes", await PartAsync());
    }

    [Fact]
    public async Task An_incomplete_snapshot_takes_no_part()
    {
        Snapshot("p", "n1", Time(5), "a.json", ("a", 1), ("b", 2));
        Snapshot("p", "n2", Time(6), "b.json", ("a", 1));
        Snapshot("p", "n3", Time(7), "c.json", ("b", 2), ("a", 1));
        _lake.Put(
            Table.Snapshot,
            "b",
            ["p", "n2", Time(6), Time(6), "extracted_at", "P", "", "", "", "", "", "", "", "2", "1", "false", "b.json"]);
        await _lake.CrawlAsync();

        Assert.Equal("p|1|2|up|extracted_at|1\np|2|1|down|extracted_at|1", await MovesAsync());
        Assert.Equal("p|2026-01-05 06:00:00.000|2|NULL|NULL|extracted_at|1\np|2026-01-07 06:00:00.000|2|0|0|extracted_at|1", await RunAsync("playlist_growth"));
    }

    [Fact]
    public async Task Files_that_name_no_playlist_are_one_each()
    {
        Snapshot("", "", Time(5), "monday.json", ("a", 1), ("b", 1));
        Snapshot("", "", Time(6), "tuesday.json", ("a", 1));

        Assert.Equal(
            "monday.json|1|NULL|new|extracted_at|0\nmonday.json|2|NULL|new|extracted_at|0\ntuesday.json|1|NULL|new|extracted_at|0", await MovesAsync());
        Assert.StartsWith("2|", await RunAsync("totals"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_track_that_Spotify_relinked_is_the_entry_that_it_was()
    {
        Snapshot("p", "n1", Time(5), "a.json", ("a", 1), ("b", 1));
        _lake.Put(
            Table.Playlist,
            "relinked",
            ["p", "n2", Time(6), "1", "z", "2026-01-01 00:00:00+00:00", "", "a", "b.json"],
            ["p", "n2", Time(6), "2", "b", "2026-01-01 00:00:00+00:00", "", "", "b.json"]);

        Assert.Equal("p|1|1|same|extracted_at|0\np|2|2|same|extracted_at|0", await MovesAsync());
        Assert.EndsWith("|2|0|0|extracted_at|0", await RunAsync("playlist_growth"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_snapshot_in_two_files_is_one()
    {
        Snapshot("p", "n1", Time(5), "a.json", ("a", 1));
        Snapshot("p", "n2", Time(6), "b.json", ("b", 2));
        Snapshot("p", "n2", Time(6), "copy.json", ("b", 2));

        Assert.Equal("p|1|NULL|new|extracted_at|0\np|NULL|1|gone|extracted_at|0", await MovesAsync());
    }

    private static string Time(int day) => $"2026-01-{day:00}T06:00:00Z";

    private void Snapshot(string playlist, string snapshot, string extractedAt, string rawFile, params (string Song, int Added)[] songs) => _lake.Put(
        Table.Playlist,
        Path.GetFileNameWithoutExtension(rawFile),
        [.. songs.Select((song, index) => new[]
        {
            playlist, snapshot, extractedAt, $"{index + 1}", song.Song, song.Added == 0 ? "" : $"2026-01-{song.Added:00} 00:00:00+00:00", "", "", rawFile,
        })]);

    private async Task<string> MovesAsync()
    {
        await _lake.CrawlAsync();
        return await new DuckDbQueries(_lake.Lake).LinesAsync("SELECT playlist_id, place, place_before, move, ordered_by, left_out FROM chart_moves");
    }

    private async Task<string> PartAsync()
    {
        await _lake.CrawlAsync();
        return await new DuckDbQueries(_lake.Lake).LinesAsync($"SELECT snapshot_id, takes_part FROM ({NamedQueries.Get("snapshots").Sql}) s");
    }

    private Task<string> RunAsync(string name) => new DuckDbQueries(_lake.Lake).LinesAsync(NamedQueries.Get(name).Sql);
}
