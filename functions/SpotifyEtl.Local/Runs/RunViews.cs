using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Runs;

/// <summary>Chooses how a run is shown.</summary>
internal static class RunViews
{
    /// <summary>The view for where the program is called from.</summary>
    /// <param name="shell">What the program is called from.</param>
    /// <param name="json">Whether one JSON object is all that may go to its output.</param>
    public static IRunView For(Shell shell, bool json) =>
        json ? new LineRunView(output: null, shell.Error)
        : shell.Screen is { } screen ? new LiveRunView(screen)
        : new LineRunView(shell.Out, shell.Error, shell.Width);
}
