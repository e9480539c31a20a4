using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Lake;

public sealed class RawFileNameTests
{
    private const string Own = "spotify_raw_37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z.json";

    [Fact]
    public void A_name_of_our_own_pattern_tells_playlist_and_time()
    {
        var file = new RawFileName(Own);

        Assert.Equal("37i9dQZEVXbMDoHDwVN2tF", file.PlaylistId);
        Assert.Equal(new DateTimeOffset(2024, 6, 5, 6, 0, 0, TimeSpan.Zero), file.ExtractedAt);
        Assert.Equal("37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z", file.Stem);
    }

    [Fact]
    public void The_name_made_for_a_run_is_read_back()
    {
        var start = new DateTimeOffset(2024, 6, 5, 8, 0, 0, TimeSpan.FromHours(2));

        var file = RawFileName.For("37i9dQZEVXbMDoHDwVN2tF", start);

        Assert.Equal(Own, file.Name);
        Assert.Equal(start, file.ExtractedAt);
    }

    [Theory]
    [InlineData("items_177.json", "items_177")]
    [InlineData("spotify_raw_a_20241305T060000Z.json", "a_20241305T060000Z")]
    [InlineData("spotify_raw_20240605T060000Z.json", "20240605T060000Z")]
    [InlineData("spotify_raw_a b_20240605T060000Z.json", "a b_20240605T060000Z")]
    [InlineData("no extension", "no extension")]
    [InlineData("spotify_raw_.json", "")]
    [InlineData("spotify_raw.json", "spotify_raw")]
    [InlineData("a.json.json", "a.json")]
    public void Any_other_name_gives_a_stem_only(string name, string stem)
    {
        var file = new RawFileName(name);

        Assert.Equal(stem, file.Stem);
        Assert.Null(file.PlaylistId);
        Assert.Null(file.ExtractedAt);
    }

    [Fact]
    public void The_file_of_a_key_is_what_follows_the_last_slash()
    {
        var file = RawFileName.OfKey("raw_data/to_process/" + Own);

        Assert.Equal(Own, file.Name);
        Assert.Equal("raw_data/to_process/" + Own, file.ToProcessKey);
        Assert.Equal("raw_data/processed/" + Own, file.ProcessedKey);
        Assert.Equal("raw_data/rejected/" + Own, file.RejectedKey);
    }
}
