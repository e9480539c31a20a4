using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Terminal;

public sealed class SuggestionTests
{
    private static readonly string[] s_names = ["run", "runs", "serve", "query", "reprocess", "report", "song_artist_data", "songs_latest", "songs"];

    [Theory]
    [InlineData("rn", "run")]
    [InlineData("RUNN", "run")]
    [InlineData("qeury", "query")]
    [InlineData("repro", "reprocess")]
    [InlineData("songs_latst", "songs_latest")]
    [InlineData("song", "songs")]
    [InlineData("fly", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void What_was_meant_is_the_nearest_name_unless_none_is_near(string typed, string? meant) => Assert.Equal(meant, Suggestion.Nearest(typed, s_names));
}
