using DurableTask.Core;
using DurableTask.Sqlite;

namespace Benchmarks;

/// <summary>
/// The SQLite store by itself: what the engine's figures do not show, since its host has a worker of its own and few instances. Replay of a
/// history that grows, finding among forty thousand instances, and opening a file of that size.
/// </summary>
internal sealed class StoreBenchmark(string folder) : IAsyncDisposable
{
    private const int Instances = 40_000;
    private const int Steps = 300;

    private readonly string _path = Path.Combine(folder, "taskhub.db");
    private SqliteOrchestrationService? _service;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("store-benchmark-");
        try
        {
            await using StoreBenchmark benchmark = new(folder.FullName);
            await benchmark.MeasureReplayAsync();
            await benchmark.FillAsync();
            await benchmark.MeasureFindingAsync();
            await benchmark.MeasureOpeningAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public ValueTask DisposeAsync() => _service?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Without extended sessions each step has the whole history before it.
    private async Task MeasureReplayAsync()
    {
        using var worker = await StartAsync(extendedSessions: false);
        TaskHubClient client = new(_service!);
        var milliseconds = await Median.MillisecondsAsync(async () =>
        {
            var instance = await client.CreateOrchestrationInstanceAsync(typeof(Sequence), Steps);
            Require(await client.WaitForOrchestrationAsync(instance, Timeout.InfiniteTimeSpan, CancellationToken.None));
        });
        Figure.Print("store.sequence.300.replayed.activities_per_s", Steps / milliseconds * 1000, "1/s");
        await worker.StopAsync(isForced: true);
    }

    private async Task FillAsync()
    {
        using var worker = await StartAsync(extendedSessions: true);
        TaskHubClient client = new(_service!);
        await Parallel.ForEachAsync(Enumerable.Range(0, Instances), async (number, _) =>
            await client.CreateOrchestrationInstanceAsync(number % 4 == 0 ? typeof(Run) : typeof(Part), $"r-{number}", new string('x', 300)));
        InstanceFilter live = new() { Statuses = [OrchestrationStatus.Pending, OrchestrationStatus.Running], Take = 0 };
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
        while ((await _service!.FindInstancesAsync(live, CancellationToken.None)).Total > 0)
        {
            await look.WaitForNextTickAsync();
        }

        await worker.StopAsync(isForced: true);
    }

    private async Task MeasureFindingAsync()
    {
        var name = typeof(Run).FullName;
        (string Figure, InstanceFilter Filter)[] searches =
        [
            ("newest", new InstanceFilter { Name = name }),
            ("id_part_by_duration", new InstanceFilter { Name = name, IdContains = "99", Order = InstanceOrder.Duration }),
            ("page_180", new InstanceFilter { Name = name, Skip = 9000 }),
        ];
        foreach (var (figure, filter) in searches)
        {
            var milliseconds = await Median.MillisecondsAsync(() => _service!.FindInstancesAsync(filter, CancellationToken.None));
            Figure.Print($"store.find.40000.{figure}_ms", milliseconds, "ms");
        }
    }

    private async Task MeasureOpeningAsync()
    {
        var milliseconds = await Median.MillisecondsAsync(async () =>
        {
            await DisposeAsync();
            await OpenAsync(extendedSessions: true);
        });
        Figure.Print("store.reopen.40000_ms", milliseconds, "ms");
        Figure.Print("store.size_mb", new FileInfo(_path).Length / 1e6, "MB");
    }

    private async Task<TaskHubWorker> StartAsync(bool extendedSessions)
    {
        await DisposeAsync();
        await OpenAsync(extendedSessions);
        TaskHubWorker worker = new(_service!) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        worker.AddTaskOrchestrations(typeof(Sequence), typeof(Run), typeof(Part)).AddTaskActivities(typeof(Same));
        return await worker.StartAsync();
    }

    private async Task OpenAsync(bool extendedSessions)
    {
        _service = new SqliteOrchestrationService(new SqliteOrchestrationServiceOptions(_path) { ExtendedSessionsEnabled = extendedSessions });
        await _service.OpenAsync();
    }

    private static void Require(OrchestrationState end)
    {
        if (end.OrchestrationStatus is not OrchestrationStatus.Completed)
        {
            throw new InvalidOperationException($"{end.Name} ended as {end.OrchestrationStatus}: {end.FailureDetails}");
        }
    }

    private sealed class Sequence : TaskOrchestration<int, int>
    {
        public override async Task<int> RunTask(OrchestrationContext context, int input)
        {
            for (var number = 0; number < input; number++)
            {
                await context.ScheduleTask<int>(typeof(Same), number);
            }

            return input;
        }
    }

    private class Part : TaskOrchestration<string, string>
    {
        public override Task<string> RunTask(OrchestrationContext context, string input) => Task.FromResult(input);
    }

    private sealed class Run : Part;

    private sealed class Same : TaskActivity<int, int>
    {
        protected override int Execute(TaskContext context, int input) => input;
    }
}
