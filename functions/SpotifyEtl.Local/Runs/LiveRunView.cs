using System.Diagnostics;
using Spectre.Console;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows a run on a terminal: a line a phase, with a bar, what is done of what there is, and the rate.</summary>
internal sealed class LiveRunView : IRunView
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    public void Say(string message) => AnsiConsole.WriteLine(message);

    public Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine($"Run {runId}");
        return AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 20 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => WatchAsync(context, read, end, cancellationToken));
    }

    private static async Task WatchAsync(ProgressContext context, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        ProgressTask? task = null;
        RunProgress? shown = null;
        var phaseStart = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(s_poll);
        while (!end.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await read() is { } progress)
            {
                if (task is null || progress.Phase != shown?.Phase)
                {
                    Finish(task, shown, phaseStart);
                    phaseStart = Stopwatch.GetTimestamp();
                    task = context.AddTask(ProgressText.Verb(progress.Phase));
                }

                Show(task, shown = progress, phaseStart);
            }
        }

        Finish(task, shown, phaseStart);
    }

    // The last look at a phase may have come before its end; that another has begun says that all of it is done.
    private static void Finish(ProgressTask? task, RunProgress? shown, long phaseStart)
    {
        if (task is not null && shown is not null)
        {
            Show(task, shown with { Done = shown.Total }, phaseStart);
            task.StopTask();
        }
    }

    private static void Show(ProgressTask task, RunProgress progress, long phaseStart)
    {
        task.MaxValue = Math.Max(1, progress.Total);
        task.Value = progress.Total == 0 ? 1 : progress.Done;
        task.Description = Markup.Escape(ProgressText.Of(progress, Stopwatch.GetElapsedTime(phaseStart)));
    }
}
