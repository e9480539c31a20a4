using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>run</c>: one run to its end.</summary>
internal static class RunCommand
{
    private const string Details = """
        Without credentials and without --raw it loads a built-in demo playlist. A run that was interrupted goes on where it stopped: give the same command again.

        Examples:
          spotify-etl run
          spotify-etl run --playlist https://open.spotify.com/playlist/4hRz0PqVt2mXk9wYc7LbNa
          spotify-etl run --raw dumps/ --lake file:/data/lake --json
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<string[]> playlists = new("--playlist") { Description = "A playlist's id, URI or link; may be given several times.", HelpName = "ID" };
        Option<string[]> raw = new("--raw")
        {
            Description = "Load this raw JSON file, or the *.json files of this folder, instead of calling Spotify; may be given several times.",
            HelpName = "PATH",
        };
        Option<bool> force = new("--force") { Description = "Extract playlists that have not changed, too." };
        Option<bool> json = new("--json") { Description = "Print one JSON object with the result, and nothing else." };
        Verb command = new("run", "Runs the pipeline once, to its end.", Details) { playlists, raw, force, json };
        command.SetAction((result, cancellationToken) => RunAsync(
            globals.Read(result),
            new RunArguments(
                [.. (result.GetValue(playlists) ?? []).Select(ParsePlaylist)],
                result.GetValue(raw) ?? [],
                result.GetValue(force),
                result.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(GlobalArguments globals, RunArguments arguments, CancellationToken cancellationToken)
    {
        var raw = arguments.Raw.Count > 0 ? RawFiles.Find(globals.Shell, arguments.Raw) : null;
        using var host = LocalHost.ForRun(globals, RunViews.For(globals.Shell, arguments.Json));
        var playlists = raw is null ? host.Services.GetRequiredService<PlaylistsToLoad>().Of(arguments.Playlists) : [];
        return await host.Services.GetRequiredService<RunSession>().RunAsync(
            arguments.Json, run => run.LoadAsync(playlists, arguments.Force, raw, cancellationToken), cancellationToken);
    }

    private static string ParsePlaylist(string text) => PlaylistId.TryParse(text, out var id, out var error) ? id.Value : throw new UsageException(error);
}

/// <summary>What <c>run</c> was given.</summary>
internal sealed record RunArguments(IReadOnlyList<string> Playlists, IReadOnlyList<string> Raw, bool Force, bool Json);
