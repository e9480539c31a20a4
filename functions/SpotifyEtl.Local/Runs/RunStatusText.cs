using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>How statuses look on a terminal.</summary>
internal static class RunStatusText
{
    public static Shade ShadeOf(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Shade.Good,
        RunStatus.Failed => Shade.Bad,
        RunStatus.Running => Shade.Active,
        _ => Shade.Caution,
    };

    /// <summary>A status in its colour, with blanks behind it.</summary>
    public static string Of(RunStatus status, Shell shell, int width) => shell.Paint($"{status}".PadRight(width), ShadeOf(status));
}
