using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Hosting;

/// <summary>Which lake and state folder a process has, and whether the demo stands in for Spotify there.</summary>
/// <param name="LakeUri">The lake.</param>
/// <param name="StateFolder">A full path.</param>
/// <param name="IsNamed">Whether somebody named the lake: the command line or a setting.</param>
/// <param name="IsDemosOwn">Whether it is the lake that the demo has where none is named.</param>
/// <param name="HasCredentials">Whether Spotify can be asked.</param>
/// <param name="Demo">The demo.</param>
internal sealed record Edition(string LakeUri, string StateFolder, bool IsNamed, bool IsDemosOwn, bool HasCredentials, DemoMode Demo)
{
    private const string State = ".spotify-etl";
    private const string DemoState = ".spotify-etl/demo";

    /// <summary>Chooses.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="use">What it is going to do.</param>
    /// <param name="set">The lake that the command line or a setting names; empty: none.</param>
    /// <param name="hasCredentials">Whether Spotify's credentials are set.</param>
    /// <param name="isDemo">Whether runs are the demo's, where that is not plain.</param>
    public static Edition Of(GlobalArguments globals, LakeUse use, string? set, bool hasCredentials, bool isDemo)
    {
        var shell = globals.Shell;
        var isNamed = !string.IsNullOrWhiteSpace(set);
        var uri = isNamed ? set! : IsDemosTaken(shell, use, hasCredentials) ? Lake.LakeUri.Demo : Lake.LakeUri.Default;
        var isDemosOwn = FolderOf(shell, uri) == FolderOf(shell, Lake.LakeUri.Demo);
        var hint = isDemosOwn && Exists(shell, Lake.LakeUri.Default) ? $"'query' and 'report' look at it with --lake {Lake.LakeUri.Demo}." : null;
        return new Edition(
            uri,
            globals.State ?? shell.PathOf(isDemosOwn ? DemoState : State),
            isNamed,
            isDemosOwn,
            hasCredentials,
            new DemoMode(!hasCredentials && (isDemo || use is LakeUse.Load), uri, hint));
    }

    /// <summary>The state folder that verbs look into when only the command line is known.</summary>
    public static string StateFolderOf(GlobalArguments globals) =>
        Of(globals, LakeUse.Look, globals.Lake, hasCredentials: true, isDemo: false).StateFolder;

    /// <summary>Says so, where the demo's lake is taken because there is no other.</summary>
    public void SayWhichLake(Shell shell)
    {
        if (IsDemosOwn && !IsNamed)
        {
            shell.Note($"This is the demo's lake, {LakeUri}: there is no {Lake.LakeUri.Default} yet. --lake names another.");
        }
    }

    private static bool IsDemosTaken(Shell shell, LakeUse use, bool hasCredentials) => use switch
    {
        LakeUse.Load => !hasCredentials,
        LakeUse.LoadRaw => false,
        LakeUse.Serve or LakeUse.Examine => !hasCredentials && !Exists(shell, Lake.LakeUri.Default),
        _ => !Exists(shell, Lake.LakeUri.Default) && Exists(shell, Lake.LakeUri.Demo),
    };

    private static bool Exists(Shell shell, string uri) => Directory.Exists(FolderOf(shell, uri));

    // Null for one on S3, and for what is none, which the settings' validation tells.
    private static string? FolderOf(Shell shell, string uri)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(shell.PathOf(Lake.LakeUri.FolderOf(uri)));
        }
        catch (SpotifyEtl.Errors.EtlConfigurationException)
        {
            return null;
        }
    }
}
