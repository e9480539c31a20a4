using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SpotifyEtl.Local.Demo;

namespace SpotifyEtl.Local.Tests.Demo;

public sealed class DemoPlaylistTests
{
    private static readonly List<JsonElement> s_items = [.. DemoPlaylist.Rows.Select(row => JsonElement.Parse(row).GetProperty("item"))];

    private static readonly List<JsonElement> s_songs = [.. s_items.Where(item => Text(item, "type") == "track" && !item.GetProperty("is_local").GetBoolean())];

    [Fact]
    public void It_has_sixty_rows_of_which_one_is_an_episode_and_one_a_local_file()
    {
        Assert.Equal(60, s_items.Count);
        Assert.Equal(58, s_songs.Count);
        Assert.Single(s_items, item => Text(item, "type") == "episode");
        Assert.Single(s_items, item => Text(item, "type") == "track" && item.GetProperty("is_local").GetBoolean());
    }

    [Fact]
    public void Every_row_has_every_field_of_a_row_of_2026()
    {
        foreach (var row in DemoPlaylist.Rows.Select(row => JsonElement.Parse(row)))
        {
            Assert.Equal("added_at added_by is_local primary_color item video_thumbnail", Names(row));
        }
    }

    [Fact]
    public void Every_song_has_every_field_that_the_api_gives()
    {
        foreach (var song in s_songs)
        {
            Assert.Equal(
                "album artists available_markets disc_number duration_ms episode explicit external_ids external_urls href id is_local name popularity "
                    + "preview_url track track_number type uri",
                Names(song));
            Assert.Equal(
                "album_type artists available_markets external_urls href id images name release_date release_date_precision total_tracks type uri",
                Names(song.GetProperty("album")));
            Assert.All(song.GetProperty("artists").EnumerateArray(), artist => Assert.Equal("external_urls href id name type uri", Names(artist)));
            Assert.Matches("^ZZDEM[0-9]{7}$", Text(song.GetProperty("external_ids"), "isrc"));
            Assert.InRange(song.GetProperty("track_number").GetInt32(), 1, song.GetProperty("album").GetProperty("total_tracks").GetInt32());
        }
    }

    [Fact]
    public void Ids_are_22_letters_and_digits_and_no_song_comes_twice()
    {
        Assert.Matches("^[0-9A-Za-z]{22}$", DemoPlaylist.Id);
        Assert.All(s_songs, song => Assert.Matches("^[0-9A-Za-z]{22}$", Text(song, "id")));
        Assert.Equal(s_songs.Count, s_songs.Select(song => Text(song, "id")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(s_songs.Count, s_songs.Select(song => Text(song.GetProperty("external_ids"), "isrc")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Popularity_orders_the_songs_without_ties()
    {
        var popularities = s_songs.Select(song => song.GetProperty("popularity").GetInt32()).ToList();

        Assert.Equal(popularities.Count, popularities.Distinct().Count());
        Assert.True(popularities.Max() > 95 && popularities.Min() < 40, "the songs are spread");
    }

    [Fact]
    public void About_a_third_of_the_songs_have_several_artists_and_some_artists_are_guests_on_many()
    {
        var guests = s_songs.SelectMany(song => song.GetProperty("artists").EnumerateArray().Skip(1))
            .CountBy(artist => Text(artist, "name"), StringComparer.Ordinal).ToList();

        Assert.InRange(s_songs.Count(song => song.GetProperty("artists").GetArrayLength() > 1), 17, 22);
        Assert.True(guests.Count(guest => guest.Value >= 4) >= 3, "three artists or more are guests on four songs or more");
        Assert.Single(guests, guest => guest.Value == guests.Max(other => other.Value));
    }

    [Fact]
    public void Release_dates_span_two_decades_in_every_precision()
    {
        var albums = s_songs.Select(song => song.GetProperty("album")).DistinctBy(album => Text(album, "id"), StringComparer.Ordinal).ToList();
        var years = albums.Select(album => int.Parse(Text(album, "release_date")[..4], CultureInfo.InvariantCulture)).ToList();

        Assert.True(years.Max() - years.Min() >= 20, "two decades");
        Assert.All(
            albums,
            album => Assert.Equal(Text(album, "release_date").Length, Text(album, "release_date_precision") switch { "year" => 4, "month" => 7, _ => 10 }));
        Assert.True(albums.Count(album => Text(album, "release_date_precision") == "year") >= 2, "years");
        Assert.True(albums.Count(album => Text(album, "release_date_precision") == "month") >= 2, "months");
        Assert.True(albums.Count < s_songs.Count / 2, "albums have several songs here");
    }

    [Fact]
    public void Nothing_is_added_before_it_is_released()
    {
        foreach (var row in DemoPlaylist.Rows.Select(row => JsonElement.Parse(row)).Where(row => !row.GetProperty("is_local").GetBoolean()))
        {
            var item = row.GetProperty("item");
            var released = Text(item.TryGetProperty("album", out var album) ? album : item, "release_date");
            Assert.True(string.CompareOrdinal(released, Text(row, "added_at")) < 0, $"{released} is before the row's added_at");
        }
    }

    [Fact]
    public void Titles_have_a_comma_a_quote_and_many_scripts()
    {
        var titles = string.Concat(s_songs.Select(song => Text(song, "name")));

        Assert.Contains(',', titles);
        Assert.Contains('"', titles);
        Assert.All("άПエ고छכمสč", letter => Assert.Contains(letter, titles));
    }

    [Fact]
    public void Names_are_sent_as_they_are_and_not_escaped() =>
        Assert.Contains(DemoPlaylist.Rows, row => row.AsSpan().IndexOf("真夜中の回転木馬"u8) >= 0);

    [Fact]
    public void The_local_file_and_the_episode_are_the_rows_that_a_transform_sets_aside()
    {
        var local = s_items.Single(item => item.TryGetProperty("is_local", out var isLocal) && isLocal.GetBoolean());
        var episode = s_items.Single(item => Text(item, "type") == "episode");

        Assert.Equal(JsonValueKind.Null, local.GetProperty("id").ValueKind);
        Assert.Equal(JsonValueKind.Null, local.GetProperty("album").GetProperty("id").ValueKind);
        Assert.StartsWith("spotify:local:", Text(local, "uri"), StringComparison.Ordinal);
        Assert.False(episode.TryGetProperty("album", out _));
        Assert.Equal("show", Text(episode.GetProperty("show"), "type"));
    }

    [Fact]
    public void Its_bytes_are_the_same_on_every_machine()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in DemoPlaylist.Rows)
        {
            hash.AppendData(row);
        }

        Assert.Equal("241ed5f8306c9c3a555812c0e3e47a1aa4fde4771769ba2660b1327328b823cf", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));
}
