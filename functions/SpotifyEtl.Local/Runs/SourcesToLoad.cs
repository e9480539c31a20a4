using Microsoft.Extensions.Options;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Runs;

/// <summary>What a run loads of Spotify: what was given, else what the settings name; without credentials the demo's playlist.</summary>
internal sealed class SourcesToLoad(IOptions<SpotifyOptions> spotify, DemoMode demo)
{
    /// <param name="given">The playlists and other sources of the command line.</param>
    /// <exception cref="UsageException">There are none, or they cannot be loaded without credentials.</exception>
    public SourceSelection Of(SourceSelection given)
    {
        if (demo.IsOn && DemoRule.RefusalOfOthers(given) is { } refusal)
        {
            throw new UsageException(refusal);
        }

        var selection = given.IsEmpty ? spotify.Value.Selection() : given;
        return selection.IsEmpty
            ? throw new UsageException("There is no playlist to load: give --playlist or --source, or set Spotify__Playlists or Spotify__Sources.")
            : selection;
    }
}
