using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistIdTests
{
    private const string Id = "4hRz0PqVt2mXk9wYc7LbNa";

    [Theory]
    [InlineData(Id)]
    [InlineData($"  {Id}\n")]
    [InlineData($"spotify:playlist:{Id}")]
    [InlineData($"https://open.spotify.com/playlist/{Id}")]
    [InlineData($"https://open.spotify.com/playlist/{Id}/")]
    [InlineData($"https://open.spotify.com/playlist/{Id}?si=0123456789abcdef")]
    [InlineData($"https://open.spotify.com/playlist/{Id}?si=a&pt=b#top")]
    [InlineData($"https://open.spotify.com/intl-de/playlist/{Id}?si=x")]
    [InlineData($"https://open.spotify.com/intl-pt-BR/playlist/{Id}")]
    [InlineData($"https://open.spotify.com/user/ann%20b/playlist/{Id}")]
    public void Ids_uris_and_links_are_read(string text)
    {
        Assert.True(PlaylistId.TryParse(text, out var id, out var error));
        Assert.Equal(Id, id.Value);
        Assert.Null(error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4hRz0PqVt2mXk9wYc7LbN")]
    [InlineData($"{Id}0")]
    [InlineData($"{Id}?si=x")]
    [InlineData("4hRz0PqVt2mXk9wYc7Lb-a")]
    [InlineData("4hRz0PqVt2mXk9wYc7Lbé1")]
    [InlineData($"spotify:album:{Id}")]
    [InlineData($"spotify:playlist:{Id}?si=x")]
    [InlineData($"https://open.spotify.com/album/{Id}")]
    [InlineData($"https://open.spotify.com/playlist/{Id}/more")]
    [InlineData($"https://open.spotify.com.evil.example/playlist/{Id}")]
    [InlineData($"https://evil.example/playlist/{Id}")]
    [InlineData($"ftp://open.spotify.com/playlist/{Id}")]
    [InlineData("top_all_time")]
    [InlineData("spotify:playlist:top_short_term")]
    [InlineData($"../../{Id}")]
    public void Anything_else_gets_an_error_that_shows_what_an_id_looks_like(string? text)
    {
        Assert.False(PlaylistId.TryParse(text, out var id, out var error));
        Assert.Null(id);
        Assert.Contains($"'{text}' is no playlist id. An id is 22 letters and digits, such as", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("top_short_term", "me/top/tracks:short_term")]
    [InlineData(" top_medium_term ", "me/top/tracks:medium_term")]
    [InlineData("top_long_term", "me/top/tracks:long_term")]
    public void What_top_tracks_were_called_as_playlists_is_refused_with_the_source_that_they_are(string text, string source)
    {
        Assert.False(PlaylistId.TryParse(text, out _, out var error));
        Assert.Contains($"are a source, {source}. Put it into Spotify__Sources", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_text_is_cut_in_the_error()
    {
        Assert.False(PlaylistId.TryParse(new string('x', 10_000), out _, out var error));
        Assert.True(error.Length < 600, "the error shows only the beginning");
    }
}
