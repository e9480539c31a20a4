using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SourceIdTests
{
    private const string PlaylistId = "4hRz0PqVt2mXk9wYc7LbNa";

    [Theory]
    [InlineData("me/playlists", "me/playlists", "playlist-read-private playlist-read-collaborative")]
    [InlineData(" ME/Tracks ", "me/tracks", "user-library-read")]
    [InlineData("me/top/tracks:short_term", "me/top/tracks:short_term", "user-top-read")]
    [InlineData("me/top/tracks:MEDIUM_TERM", "me/top/tracks:medium_term", "user-top-read")]
    [InlineData("me/top/tracks:long_term", "me/top/tracks:long_term", "user-top-read")]
    [InlineData("me/player/recently-played", "me/player/recently-played", "user-read-recently-played")]
    [InlineData($"Playlist:{PlaylistId}", $"playlist:{PlaylistId}", "playlist-read-private playlist-read-collaborative")]
    [InlineData($"playlist:spotify:playlist:{PlaylistId}", $"playlist:{PlaylistId}", "playlist-read-private playlist-read-collaborative")]
    public void Names_are_read_in_upper_or_lower_case_and_have_their_scopes(string text, string name, string scopes)
    {
        Assert.True(SourceId.TryParse(text, out var id, out var error));
        Assert.Null(error);
        Assert.Equal((name, scopes), (id.Name, string.Join(' ', id.Scopes)));
        Assert.Equal(name.StartsWith("me/", StringComparison.Ordinal), id.IsOfUser);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("me/top/tracks")]
    [InlineData("me/top/artists:short_term")]
    [InlineData("me/albums")]
    [InlineData("tracks")]
    public void Anything_else_gets_an_error_that_lists_what_there_is(string? text)
    {
        Assert.False(SourceId.TryParse(text, out _, out var error));
        Assert.Equal(
            $"'{text}' is no source. Allowed are playlist:{{id}}, me/playlists, me/tracks, me/top/tracks:short_term, me/top/tracks:medium_term, "
            + "me/top/tracks:long_term and me/player/recently-played.",
            error);
    }

    [Theory]
    [InlineData("ann", "me-tracks-ann")]
    [InlineData("31l7_7-h", "me-tracks-31l7_7-h")]
    [InlineData("ann.b", "me-tracks-ann-b-ae76633b")]
    [InlineData("ann b", "me-tracks-ann-b-26bfe272")]
    [InlineData("änn", "me-tracks--nn-f9b49c9b")]
    public void Raw_files_are_called_so_that_two_users_never_meet(string userId, string rawName)
    {
        Assert.True(SourceId.TryParse("me/tracks", out var id, out _));
        Assert.Equal(rawName, id.RawNameOf(new SpotifyUser(userId, null)));
    }

    [Fact]
    public void A_playlist_that_is_no_id_is_told_as_such()
    {
        Assert.False(SourceId.TryParse("playlist:mine", out _, out var error));
        Assert.Contains("'mine' is no playlist id", error, StringComparison.Ordinal);
    }
}
