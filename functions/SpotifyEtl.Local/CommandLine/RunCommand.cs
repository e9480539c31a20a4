using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>run</c>: one run to its end.</summary>
internal static class RunCommand
{
    private const string Details = """
        Without credentials and without --raw it loads a built-in demo playlist, in a lake and a state folder of its own: lake/demo and .spotify-etl/demo.
        A run that was interrupted goes on where it stopped: give the same command again.

        Examples:
          spotify-etl run
          spotify-etl run --playlist https://open.spotify.com/playlist/4hRz0PqVt2mXk9wYc7LbNa
          spotify-etl run --source me/tracks --source me/player/recently-played
          spotify-etl run --raw dumps/ --lake file:/data/lake --json
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<string[]> playlists = new("--playlist") { Description = "A playlist's id, URI or link; may be given several times.", HelpName = "ID" };
        Option<string[]> sources = new("--source")
        {
            Description = $"What else to load; may be given several times: {SourceId.Allowed}.",
            HelpName = "SOURCE",
        };
        sources.CompletesSources();
        Option<string[]> raw = new("--raw")
        {
            Description = "Load this raw file, or those of this folder (.json, .jsonl, .ndjson, each also as .gz), instead of calling Spotify; "
                + "may be given several times.",
            HelpName = "PATH",
        };
        Option<bool> recursive = new("--recursive") { Description = "With --raw: take the files of sub-folders too." };
        Option<bool> force = new("--force") { Description = "Extract playlists that have not changed, too." };
        Option<bool> json = new("--json") { Description = "Print one JSON object with the result, and nothing else." };
        Verb command = new("run", "Runs the pipeline once, to its end.", Details)
        {
            playlists, sources, raw, recursive, force, json,
        };
        command.WhenStopped = _ => "Interrupted: the same command goes on where this one stopped.";
        command.SetAction((result, cancellationToken) => RunAsync(
            globals.Read(result),
            new RunArguments(
                SourceSelection.Of(
                    (result.GetValue(playlists) ?? []).Select(ParsePlaylist), (result.GetValue(sources) ?? []).Select(OptionValues.ParseSource)),
                result.GetValue(raw) ?? [],
                result.GetValue(recursive),
                result.GetValue(force),
                result.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(GlobalArguments globals, RunArguments arguments, CancellationToken cancellationToken)
    {
        var isRaw = arguments.Raw.Count > 0;
        if (arguments.Recursive && !isRaw)
        {
            throw new UsageException("--recursive says how --raw takes a folder: give --raw too.");
        }

        if (isRaw && !arguments.Selection.IsEmpty)
        {
            throw new UsageException("--raw loads files instead of calling Spotify: give it, or --playlist and --source, not both.");
        }

        using var host = await LocalHost.ForRunAsync(
            globals, isRaw ? LakeUse.LoadRaw : LakeUse.Load, RunViews.For(globals.Shell, arguments.Json), cancellationToken);
        var raw = isRaw ? RawFiles.Find(globals.Shell, host.Services.GetRequiredService<ILake>(), arguments.Raw, arguments.Recursive) : null;
        var selection = raw is null ? host.Services.GetRequiredService<SourcesToLoad>().Of(arguments.Selection) : SourceSelection.None;
        return await host.Services.GetRequiredService<RunSession>().RunAsync(
            arguments.Json, loads: true, run => run.LoadAsync(selection, arguments.Force, raw, cancellationToken), cancellationToken);
    }

    private static string ParsePlaylist(string text) => PlaylistId.TryParse(text, out var id, out var error) ? id.Value : throw new UsageException(error);
}

/// <summary>What <c>run</c> was given.</summary>
internal sealed record RunArguments(SourceSelection Selection, IReadOnlyList<string> Raw, bool Recursive, bool Force, bool Json);
