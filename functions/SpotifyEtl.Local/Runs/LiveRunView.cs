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
        Dictionary<RunPhase, ProgressTask> tasks = [];
        var phaseStart = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(s_poll);
        while (!end.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await read() is { } progress)
            {
                if (!tasks.TryGetValue(progress.Phase, out var task))
                {
                    Finish(tasks.Values);
                    phaseStart = Stopwatch.GetTimestamp();
                    tasks.Add(progress.Phase, task = context.AddTask(ProgressText.Verb(progress.Phase)));
                }

                task.MaxValue = Math.Max(1, progress.Total);
                task.Value = progress.Done;
                task.Description = Markup.Escape(ProgressText.Of(progress, Stopwatch.GetElapsedTime(phaseStart)));
            }
        }

        Finish(tasks.Values);
    }

    private static void Finish(IEnumerable<ProgressTask> tasks)
    {
        foreach (var task in tasks)
        {
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
