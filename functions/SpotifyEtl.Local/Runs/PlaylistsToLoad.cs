using Microsoft.Extensions.Options;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Runs;

/// <summary>Which playlists a run loads: those that were given, else those of the settings; without credentials the demo's.</summary>
internal sealed class PlaylistsToLoad(IOptions<SpotifyOptions> spotify, DemoMode demo)
{
    /// <param name="given">The playlists of the command line.</param>
    /// <exception cref="UsageException">There are none, or they cannot be loaded without credentials.</exception>
    public IReadOnlyList<string> Of(IReadOnlyList<string> given)
    {
        if (demo.IsOn && DemoRule.RefusalOfOthers(given) is { } refusal)
        {
            throw new UsageException(refusal);
        }

        var playlists = given.Count > 0 ? given : spotify.Value.PlaylistIds();
        return playlists.Count > 0 ? playlists : throw new UsageException("There is no playlist to load: give --playlist, or set Spotify__Playlists.");
    }
}
