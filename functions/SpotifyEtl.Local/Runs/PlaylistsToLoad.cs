using Microsoft.Extensions.Options;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Runs;

/// <summary>Which playlists a run loads: those that were given, else those of the settings; without credentials the demo's.</summary>
internal sealed class PlaylistsToLoad(IOptions<SpotifyOptions> spotify, IRunView view)
{
    /// <param name="given">The playlists of the command line.</param>
    /// <exception cref="UsageException">There are none, or they cannot be loaded without credentials.</exception>
    public IReadOnlyList<string> Of(IReadOnlyList<string> given)
    {
        var demo = spotify.Value.ClientId == DemoSpotify.ClientId;
        if (demo && given.Any(playlist => playlist != DemoPlaylist.Id))
        {
            throw new UsageException(
                "Spotify__ClientId and Spotify__ClientSecret are not set: without them only the built-in demo playlist can be loaded (no --playlist).");
        }

        if (demo)
        {
            view.Say("No Spotify credentials are set: loading the built-in demo playlist.");
        }

        var playlists = given.Count > 0 ? given : spotify.Value.PlaylistIds();
        return playlists.Count > 0 ? playlists : throw new UsageException("There is no playlist to load: give --playlist, or set Spotify__Playlists.");
    }
}
