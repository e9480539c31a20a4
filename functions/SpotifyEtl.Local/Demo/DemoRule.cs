using SpotifyEtl.Instances;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Demo;

/// <summary>The demo loads its own playlist and plays and nothing else, and with credentials that playlist is not loaded.</summary>
internal sealed class DemoRule(DemoMode demo) : IRunRule
{
    public string? Refusal(RunRequest request) => demo.IsOn ? RefusalOfOthers(new SourceSelection(request.Playlists, request.Sources ?? []))
        : request.Playlists.Contains(DemoPlaylist.Id, StringComparer.Ordinal)
            ? $"{DemoPlaylist.Id} is the built-in demo playlist: it is loaded by 'run' without Spotify credentials."
        : null;

    /// <summary>Why the demo cannot load these; null: they are its own.</summary>
    public static string? RefusalOfOthers(SourceSelection selection) =>
        selection.Playlists.Concat(selection.Sources).FirstOrDefault(name => name is not (DemoPlaylist.Id or DemoPlays.Source)) is { } other
            ? $"Spotify__ClientId and Spotify__ClientSecret are not set: without them only the built-in demo playlist can be loaded, and not {other}. "
                + "Set both, from the app's page at https://developer.spotify.com/dashboard."
            : null;
}
