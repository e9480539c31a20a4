using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

public sealed class NamedQueriesTests : IDisposable
{
    private const string Monday = "2026-01-05T06:00:00Z";
    private const string Tuesday = "2026-01-06T06:00:00Z";

    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void The_queries_are_listed_with_what_they_show()
    {
        Assert.Equal(NamedQueries.All.Select(query => query.Name).Order(StringComparer.Ordinal), NamedQueries.All.Select(query => query.Name));
        Assert.StartsWith("The ten most popular songs, with all their artists", NamedQueries.Get("top_songs").Description, StringComparison.Ordinal);
        Assert.All(NamedQueries.All, query => Assert.EndsWith(".", query.Description, StringComparison.Ordinal));
        Assert.Same(NamedQueries.Get("top_songs"), NamedQueries.Get("TOP_SONGS"));
    }

    [Fact]
    public void A_query_that_is_not_there_is_answered_with_those_that_are()
    {
        var failure = Assert.Throws<EtlConfigurationException>(() => NamedQueries.Get("top_albums"));

        Assert.Contains("'top_albums'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(string.Join(", ", NamedQueries.All.Select(query => query.Name)), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_songs_are_the_most_popular_as_of_their_newest_extract_with_their_artists_in_order()
    {
        await LoadAsync();

        Assert.Equal(
            """
            Duet, "Live"|Zoe, Ann|Second|90
            Solo|Ann|First|80
            Trio|Ann, Bob, Zoe|Second|80
            Old|Bob|First|10
            Unrated|Bob|First|NULL
            """,
            (await RunAsync("top_songs")).Replace("|NULL|NULL|NULL|popularity", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_top_songs_with_images_are_the_top_songs_with_the_newest_images_of_their_albums()
    {
        await LoadAsync();
        _lake.Put(Table.Album, "later", ["b1", "First", "1999-01-01", "1", "u", "day", "album", "2030-01-06T06:00:00Z", "https://i.scdn.co/image/1"]);
        await _lake.CrawlAsync();

        var songs = (await RunAsync("top_songs")).Split('\n');
        var withImages = (await RunAsync("top_songs_with_images")).Split('\n');

        Assert.Equal(songs, withImages.Select(song => song[..song.LastIndexOf('|')]));
        Assert.Equal(
            ["NULL", "https://i.scdn.co/image/1", "NULL", "https://i.scdn.co/image/1", "https://i.scdn.co/image/1"],
            withImages.Select(song => song[(song.LastIndexOf('|') + 1)..]));
    }

    [Fact]
    public async Task Where_no_song_has_a_popularity_top_songs_go_by_playlists_weeks_and_places_and_say_so()
    {
        _lake.Put(
            Table.Song,
            "a",
            Song("s1", "Everywhere", "", "b1", Monday),
            Song("s2", "Long", "", "b1", Monday),
            Song("s3", "High", "", "b1", Monday),
            Song("s4", "Low", "", "b1", Monday));
        _lake.Put(Table.Playlist, "p1", ["p", "n1", Monday, "1", "s3", ""], ["p", "n1", Monday, "2", "s4", ""], ["p", "n1", Monday, "9", "s2", ""]);
        _lake.Put(Table.Playlist, "p2", ["p", "n2", "2026-01-19T06:00:00Z", "9", "s2", ""], ["p", "n2", "2026-01-19T06:00:00Z", "10", "s1", ""]);
        _lake.Put(Table.Playlist, "q", ["q", "n3", Monday, "50", "s1", ""]);
        await _lake.CrawlAsync();

        Assert.Equal(
            """
            Everywhere|2|2|10|playlists, weeks, best place
            Long|1|2|9|playlists, weeks, best place
            High|1|1|1|playlists, weeks, best place
            Low|1|1|2|playlists, weeks, best place
            """,
            await new DuckDbQueries(_lake.Lake).LinesAsync("SELECT song_name, playlists, weeks, best_place, ranked_by FROM top_songs"));
    }

    [Fact]
    public async Task Top_songs_are_ten_and_ties_go_by_name()
    {
        _lake.Put(Table.Song, "a", [.. Enumerable.Range(0, 15).Select(song => Song($"s{song}", $"Song {14 - song:D2}", "50", "b1", Monday))]);
        await _lake.CrawlAsync();

        Assert.Equal(
            string.Join('\n', Enumerable.Range(0, 10).Select(song => $"Song {song:D2}|NULL|NULL|50|NULL|NULL|NULL|popularity")), await RunAsync("top_songs"));
    }

    [Fact]
    public async Task Top_artists_count_every_song_once_whatever_the_place_in_its_credits()
    {
        await LoadAsync();

        Assert.Equal("Ann|3|83.3\nBob|3|45.0\nZoe|2|85.0", await RunAsync("top_artists"));
    }

    [Fact]
    public async Task Songs_are_counted_by_the_year_of_their_album()
    {
        await LoadAsync();

        Assert.Equal("2024|2\n1999|3", await RunAsync("songs_per_release_year"));
    }

    [Fact]
    public async Task Featured_artists_are_those_who_are_not_the_first_of_a_song()
    {
        await LoadAsync();

        Assert.Equal("Ann|1\nBob|1\nZoe|1", await RunAsync("most_featured_artists"));
    }

    [Fact]
    public async Task Totals_count_every_id_once()
    {
        await LoadAsync();
        _lake.Put(Table.Playlist, "p", ["p", "s1", Monday, "1", "s1", ""], ["p", "s1", Monday, "2", "s2", ""], ["q", "s1", Monday, "1", "s1", ""]);
        await _lake.CrawlAsync();

        Assert.Equal("2|5|3|3", await RunAsync("totals"));
    }

    [Fact]
    public async Task Songs_are_counted_by_the_month_in_which_they_were_added_and_up_to_its_end()
    {
        _lake.Put(
            Table.Song, "monday", Added("s1", "2025-11-30 23:59:59+00:00", Monday), Added("s2", "2025-12-01 00:00:00+00:00", Monday), Added("s3", "", Monday));
        _lake.Put(Table.Song, "tuesday", Added("s1", "2025-12-02 00:00:00+00:00", Tuesday), Added("s4", "2025-10-01 00:00:00+00:00", Tuesday));
        await _lake.CrawlAsync();

        Assert.Equal("2025-12|2|3\n2025-10|1|1", await RunAsync("songs_added_by_month"));
    }

    [Fact]
    public async Task The_months_shown_are_the_last_twenty_four_and_earlier_songs_are_counted_in()
    {
        _lake.Put(
            Table.Song,
            "a",
            [.. Enumerable.Range(0, 30).Select(month => Added($"s{month}", $"{2020 + (month / 12)}-{1 + (month % 12):00}-15 00:00:00+00:00", Monday))]);
        await _lake.CrawlAsync();

        var months = (await RunAsync("songs_added_by_month")).Split('\n');

        Assert.Equal(("2022-06|1|30", "2020-07|1|7", 24), (months[0], months[^1], months.Length));
    }

    [Fact]
    public async Task Rejected_rows_are_counted_by_reason_with_the_files_they_stand_in()
    {
        _lake.Put(Table.Rejected, "a", ["a.json", "0", "episode", ""], ["a.json", "1", "episode", ""], ["a.json", "2", "no_id", ""]);
        _lake.Put(Table.Rejected, "b", ["b.json", "5", "episode", ""], ["b.json", "6", "local_track", ""]);
        await _lake.CrawlAsync();

        Assert.Equal("episode|3|2\nlocal_track|1|1\nno_id|1|1", await RunAsync("rejects_by_reason"));
    }

    [Fact]
    public async Task Every_query_gives_no_rows_where_there_are_none()
    {
        await _lake.CrawlAsync();

        Assert.Equal("0|0|0|0", await RunAsync("totals"));
        foreach (var query in NamedQueries.All.Where(query => query.Name != "totals"))
        {
            Assert.Equal("", await new DuckDbQueries(_lake.Lake).LinesAsync(query.Sql));
        }
    }

    [Fact]
    public async Task Every_query_is_a_view_too_by_its_name_in_any_case()
    {
        await LoadAsync();

        foreach (var query in NamedQueries.All.Where(query => query.IsView))
        {
            var queries = new DuckDbQueries(_lake.Lake);
            Assert.Equal(await queries.LinesAsync(query.Sql), await queries.LinesAsync($"SELECT * FROM {query.Name.ToUpperInvariant()}"));
            Assert.Equal($"CREATE OR REPLACE VIEW {query.Name} AS\n{query.Sql}", query.ViewSql);
        }

        Assert.Equal(
            "Duet, \"Live\"",
            await new DuckDbQueries(_lake.Lake).ValueAsync("SELECT song_name FROM spotify_database.top_songs WHERE album = 'Second' AND popularity > 80"));
    }

    [Fact]
    public void A_query_whose_name_is_that_of_a_table_is_no_view() =>
        Assert.Equal(["snapshots"], NamedQueries.All.Where(query => !query.IsView).Select(query => query.Name));

    [Fact]
    public async Task Extracts_repeated_daily_and_in_two_playlists_change_nothing()
    {
        await LoadAsync();
        var once = await AllAsync();
        foreach (var table in new[] { Table.Album, Table.Artist, Table.Song, Table.SongArtist })
        {
            File.Copy(_lake.PathOf(table.KeyFor("tuesday")), _lake.PathOf(table.KeyFor("tuesday_other_playlist")));
        }

        await _lake.CrawlAsync();

        Assert.Equal(once, await AllAsync());
    }

    private async Task LoadAsync()
    {
        _lake.Put(
            Table.Album,
            "monday",
            Album("b1", "First", "1999-01-01", Monday),
            Album("b2", "Second (draft)", "2023-05-01", Monday),
            Album("b3", "Undated", "", Monday));
        _lake.Put(Table.Album, "tuesday", Album("b2", "Second", "2024-05-01", Tuesday));
        _lake.Put(Table.Artist, "monday", Artist("a1", "Ann?", Monday), Artist("a2", "Bob", Monday));
        _lake.Put(Table.Artist, "tuesday", Artist("a1", "Ann", Tuesday), Artist("a3", "Zoe", Tuesday));
        _lake.Put(
            Table.Song,
            "monday",
            Song("s1", "Solo", "100", "b1", Monday),
            Song("s4", "Old", "10", "b1", Monday),
            Song("s5", "Unrated", "", "b1", Monday));
        _lake.Put(
            Table.Song,
            "tuesday",
            Song("s1", "Solo", "80", "b1", Tuesday),
            Song("s2", "Duet, \"Live\"", "90", "b2", Tuesday),
            Song("s3", "Trio", "80", "b2", Tuesday));
        _lake.Put(
            Table.SongArtist,
            "monday",
            Credit("s1", "a2", "1", Monday),
            Credit("s1", "a1", "2", Monday),
            Credit("s4", "a2", "1", Monday),
            Credit("s5", "a2", "1", Monday));
        _lake.Put(
            Table.SongArtist,
            "tuesday",
            Credit("s1", "a1", "1", Tuesday),
            Credit("s2", "a3", "1", Tuesday),
            Credit("s2", "a1", "2", Tuesday),
            Credit("s3", "a1", "1", Tuesday),
            Credit("s3", "a2", "2", Tuesday),
            Credit("s3", "a3", "10", Tuesday));
        await _lake.CrawlAsync();
    }

    private Task<string> RunAsync(string name) => new DuckDbQueries(_lake.Lake).LinesAsync(NamedQueries.Get(name).Sql);

    private async Task<string> AllAsync() => string.Join("\n\n", await Task.WhenAll(NamedQueries.All.Select(query => RunAsync(query.Name))));

    private static string[] Album(string id, string name, string date, string extracted) => [id, name, date, "1", "u", "day", "album", extracted];

    private static string[] Artist(string id, string name, string extracted) => [id, name, "u", extracted];

    private static string[] Song(string id, string name, string popularity, string album, string extracted) =>
        [id, name, "1000", "u", popularity, "2026-01-01 00:00:00+00:00", album, "a1", "false", "", extracted];

    private static string[] Added(string id, string added, string extracted) =>
        [id, id, "1000", "u", "1", added, "b1", "a1", "false", "", extracted];

    private static string[] Credit(string song, string artist, string position, string extracted) => [song, artist, position, extracted];
}
