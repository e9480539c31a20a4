using System.CommandLine;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>The options that every verb has.</summary>
/// <param name="shell">What the program is called from.</param>
internal sealed class GlobalOptions(Shell shell)
{
    public Shell Shell => shell;

    public Option<string?> Lake { get; } = new("--lake")
    {
        Description = "Where the lake is: file:PATH, a path, or s3://BUCKET[/PREFIX] with Glue and Athena. "
            + "Default: the setting Lake__Uri, else file:lake/spotify-etl-project-demo; for the demo file:lake/demo.",
        HelpName = "URI",
        Recursive = true,
    };

    public Option<string?> State { get; } = new("--state")
    {
        Description = "The folder of the durable checkpoints; one process at a time. Default: .spotify-etl; with the demo's lake .spotify-etl/demo.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Log what happens to stderr.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Lake);
        root.Options.Add(State);
        root.Options.Add(Verbose);
    }

    public GlobalArguments Read(ParseResult result) => new(
        shell, result.GetValue(Lake), result.GetValue(State) is { } state ? shell.PathOf(state) : null, result.GetValue(Verbose));
}
