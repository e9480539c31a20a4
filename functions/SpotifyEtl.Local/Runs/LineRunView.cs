using System.Diagnostics;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows a run as plain lines, for pipes and logs: what is said to one writer, and how far it is, every few seconds, to another.</summary>
/// <param name="output">Where what is said goes; null: to where the progress goes, and without the run's id at its start.</param>
/// <param name="progress">Where lines of progress go.</param>
/// <param name="width">Within which what is said is broken; null: it is not.</param>
internal sealed class LineRunView(TextWriter? output, TextWriter progress, int? width = null) : IRunView
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);

    public void Say(string message)
    {
        foreach (var line in Paragraph.Lines(message, width))
        {
            (output ?? progress).WriteLine(line);
        }
    }

    public async Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        output?.WriteLine($"Run {runId}");
        PhasePace pace = new(TimeProvider.System);
        var shownAt = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(s_poll);
        while (!end.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await read() is not { } now)
            {
                continue;
            }

            pace.Look(now);
            if (Stopwatch.GetElapsedTime(shownAt) >= s_between)
            {
                progress.WriteLine($"Run {runId}: {ProgressText.Of(now, pace.PerSecond(now))}");
                shownAt = Stopwatch.GetTimestamp();
            }
        }
    }
}
