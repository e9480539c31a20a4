using System.Globalization;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Says of each run of a server, in a line, how it ended.</summary>
internal sealed class EndedRunLines(Shell shell, TimeProvider time) : IRunListener
{
    public void OnRecorded(RunResult run)
    {
        var isGood = run.Status is RunStatus.Succeeded;
        var seconds = (run.EndedAt - run.StartedAt).TotalSeconds;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Status.ToString().ToLowerInvariant()} in {seconds:0.0} s: {run.Files.Transformed:N0} files, {run.Rows.Loaded:N0} rows");
        if (run.Files.Rejected > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {run.Files.Rejected:N0} files set aside");
        }

        Say(run.RunId, run.Problems is [var first, ..] ? $"{text}. {first}" : text, isGood ? Shade.Good : Shade.Bad);
    }

    public void OnCancelled(string runId) => Say(runId, "cancelled", Shade.Caution);

    private void Say(string runId, string text, Shade shade)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  Run {runId} {text}");
        shell.Out.WriteLine(shell.Paint(TerminalText.Clean(shell.Typed(line)), shade));
    }
}
