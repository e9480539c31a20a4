using Spectre.Console;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Runs;

/// <summary>Shows a run on a terminal: a line a phase, with a bar, what is done of what there is, and the rate.</summary>
internal sealed class LiveRunView(IAnsiConsole screen) : IRunView
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    public void Say(string message) => screen.WriteLine(message);

    public Task WatchAsync(string runId, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        screen.WriteLine($"Run {runId}");
        return screen.Progress()
            .AutoClear(false)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 12 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => WatchAsync(context, read, end, cancellationToken));
    }

    private static async Task WatchAsync(ProgressContext context, Func<Task<RunProgress?>> read, Task end, CancellationToken cancellationToken)
    {
        ProgressTask? task = null;
        RunProgress? shown = null;
        PhasePace pace = new(TimeProvider.System);
        using PeriodicTimer timer = new(s_poll);
        while (!end.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await read() is { Total: > 0 } progress)
            {
                if (progress.Phase != shown?.Phase)
                {
                    Finish(task, shown, pace);
                    task = context.AddTask(ProgressText.Verb(progress.Phase));
                }

                pace.Look(progress);
                Show(task!, shown = progress, pace);
            }
        }

        Finish(task, shown, pace);
    }

    // The last look at a phase may have come before its end; that another has begun says that all of it is done.
    private static void Finish(ProgressTask? task, RunProgress? shown, PhasePace pace)
    {
        if (task is not null && shown is not null)
        {
            Show(task, shown with { Done = shown.Total }, pace);
            task.StopTask();
        }
    }

    private static void Show(ProgressTask task, RunProgress progress, PhasePace pace)
    {
        task.MaxValue = Math.Max(1, progress.Total);
        task.Value = progress.Total == 0 ? 1 : progress.Done;
        task.Description = Markup.Escape(ProgressText.Of(progress, pace.PerSecond(progress)));
    }
}
