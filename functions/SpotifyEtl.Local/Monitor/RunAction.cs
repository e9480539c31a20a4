using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>What can be done with a run from its page.</summary>
/// <param name="Name">As in the address of its page.</param>
/// <param name="Label">As on its button.</param>
/// <param name="Explanation">What it does, before it is done.</param>
/// <param name="IsDestructive">Whether something ends or goes.</param>
/// <param name="Statuses">The statuses of runs that it is for.</param>
public sealed record RunAction(string Name, string Label, string Explanation, bool IsDestructive, params RunStatus[] Statuses)
{
    public static readonly RunAction Rerun = new(
        "rerun",
        "Rerun",
        "Starts another run that is asked for the same, under the settings as they are now. Playlists that have not changed since are not loaded "
            + "again, unless this run was asked to.",
        IsDestructive: false,
        RunStatus.Succeeded,
        RunStatus.Failed,
        RunStatus.Cancelled);

    public static readonly RunAction Rewind = new(
        "rewind",
        "Rewind",
        "Lets this run go on from before the step that failed it, with what it has done kept. For a run that failed at the end because of single "
            + "playlists or files, rerun is the better choice.",
        IsDestructive: false,
        RunStatus.Failed);

    public static readonly RunAction Suspend = new(
        "suspend",
        "Suspend",
        "Holds this run: activities that run now end, and no other begins until it is resumed. No other run starts meanwhile.",
        IsDestructive: false,
        RunStatus.Running);

    public static readonly RunAction Resume = new(
        "resume", "Resume", "Lets this run go on from where it was suspended.", IsDestructive: false, RunStatus.Suspended);

    public static readonly RunAction Cancel = new(
        "cancel",
        "Cancel",
        "Ends this run and its parts. What it has written stays; files that it has not come to are loaded by the next run.",
        IsDestructive: true,
        RunStatus.Running,
        RunStatus.Suspended);

    public static readonly RunAction Purge = new(
        "purge",
        "Purge",
        "Removes the history of this run and of its parts. Its data and its record stay in the lake.",
        IsDestructive: true,
        RunStatus.Succeeded,
        RunStatus.Failed,
        RunStatus.Cancelled);

    public static readonly IReadOnlyList<RunAction> All = [Rerun, Rewind, Suspend, Resume, Cancel, Purge];

    /// <summary>As on the button that does it.</summary>
    public string Title => Label + " the run";

    public static IEnumerable<RunAction> For(RunStatus status) => All.Where(action => action.Statuses.Contains(status));
}
