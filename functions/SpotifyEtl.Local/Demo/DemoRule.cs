using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Demo;

/// <summary>The demo loads its own playlist and no other, and with credentials that playlist is not loaded.</summary>
internal sealed class DemoRule(DemoMode demo) : IRunRule
{
    public string? Refusal(RunRequest request) => demo.IsOn ? RefusalOfOthers(request.Playlists)
        : request.Playlists.Contains(DemoPlaylist.Id, StringComparer.Ordinal)
            ? $"{DemoPlaylist.Id} is the built-in demo playlist: it is loaded by 'run' without Spotify credentials."
        : null;

    /// <summary>Why the demo cannot load these playlists; null: they are its own.</summary>
    public static string? RefusalOfOthers(IReadOnlyList<string> playlists) =>
        playlists.FirstOrDefault(playlist => playlist != DemoPlaylist.Id) is { } other
            ? $"Spotify__ClientId and Spotify__ClientSecret are not set: without them only the built-in demo playlist can be loaded, and not {other}. "
                + "Set both, from the app's page at https://developer.spotify.com/dashboard."
            : null;
}
