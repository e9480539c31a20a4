using System.Diagnostics;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows a run as plain lines, for pipes and logs: one when a phase begins, and every few seconds while it lasts.</summary>
internal sealed class LineRunView(TextWriter output) : IRunView
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);

    public void Say(string message) => output.WriteLine(message);

    public async Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        output.WriteLine($"Run {runId}");
        RunProgress? shown = null;
        var phaseStart = Stopwatch.GetTimestamp();
        var shownAt = phaseStart;
        using PeriodicTimer timer = new(s_poll);
        while (!end.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = await read();
            if (now is null || now == shown)
            {
                continue;
            }

            if (now.Phase != shown?.Phase)
            {
                phaseStart = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(shownAt) < s_between)
            {
                continue;
            }

            output.WriteLine("  " + ProgressText.Of(now, Stopwatch.GetElapsedTime(phaseStart)));
            shown = now;
            shownAt = Stopwatch.GetTimestamp();
        }
    }
}
