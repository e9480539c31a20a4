using System.Diagnostics;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>The engine on activities that do nothing, every commit on the disk. Each figure is the median of five runs after two to warm up.</summary>
internal static class EngineBenchmark
{
    private const int Warmups = 2;
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("engine-benchmark-");
        try
        {
            Figure.Print("sqlite.commits_per_s", CommitsPerSecond(folder.FullName), "1/s");
            using (var host = await StartAsync(folder.FullName, cachedOrchestrations: 1000))
            {
                foreach (var count in new[] { 100, 1000, 10_000 })
                {
                    Figure.Print($"engine.fanout.{count}.activities_per_s", await RateAsync(host, nameof(FanOut), count), "1/s");
                }

                Figure.Print("engine.sequence.1000.activities_per_s", await RateAsync(host, nameof(Sequence), 1000), "1/s");
                Figure.Print("engine.suborchestrations.1000.per_s", await RateAsync(host, nameof(Parents), 1000), "1/s");
                await host.StopAsync();
            }

            Figure.Print("engine.replay.10000_events.ms", await ReplayMillisecondsAsync(folder.FullName), "ms");
            Figure.Print("engine.peak_mb", Figure.PeakMegabytes(), "MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> FanOut(TaskOrchestrationContext context, int count)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallActivityAsync<int>("Nothing", number)));
        return results.Length;
    }

    private static async Task<int> Sequence(TaskOrchestrationContext context, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await context.CallActivityAsync<int>("Nothing", number);
        }

        return count;
    }

    private static async Task<int> Parents(TaskOrchestrationContext context, int count)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallSubOrchestratorAsync<int>("Child", number)));
        return results.Length;
    }

    // 10,000 events of history, then a wait: the time from the start of a host to the end of the instance is the time to replay them.
    private static async Task<string> Long(TaskOrchestrationContext context, int count)
    {
        await FanOut(context, count);
        return await context.WaitForExternalEvent<string>("go");
    }

    private static async Task<double> ReplayMillisecondsAsync(string folder)
    {
        string id;
        using (var host = await StartAsync(folder, cachedOrchestrations: 1000))
        {
            var client = host.Services.GetRequiredService<DurableTaskClient>();
            id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Long), 5000, CancellationToken.None);
            using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
            var last = default(DateTimeOffset);
            while (await poll.WaitForNextTickAsync()
                && (await client.GetInstanceAsync(id, CancellationToken.None))!.LastUpdatedAt is var updated
                && (updated != last || updated == default))
            {
                last = updated;
            }

            await host.StopAsync();
        }

        using var second = await StartAsync(folder, cachedOrchestrations: 1000);
        var again = second.Services.GetRequiredService<DurableTaskClient>();
        var start = Stopwatch.GetTimestamp();
        await again.RaiseEventAsync(id, "go", "now", CancellationToken.None);
        await again.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await second.StopAsync();
        return elapsed;
    }

    private static async Task<double> RateAsync(IHost host, string orchestrator, int count)
    {
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        List<double> rates = [];
        for (var run = 0; run < Warmups + Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var id = await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, count, CancellationToken.None);
            var end = await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
            if (end.RuntimeStatus is not OrchestrationRuntimeStatus.Completed)
            {
                throw new InvalidOperationException($"{orchestrator} ended as {end.RuntimeStatus}: {end.FailureDetails}");
            }

            rates.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return rates.Skip(Warmups).Order().ElementAt(Runs / 2);
    }

    private static async Task<IHost> StartAsync(string folder, int cachedOrchestrations)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new DurableTaskRegistry()
            .AddOrchestratorFunc<int, int>(nameof(FanOut), FanOut)
            .AddOrchestratorFunc<int, int>(nameof(Sequence), Sequence)
            .AddOrchestratorFunc<int, int>(nameof(Parents), Parents)
            .AddOrchestratorFunc<int, string>(nameof(Long), Long)
            .AddOrchestratorFunc<int, int>("Child", (context, number) => context.CallActivityAsync<int>("Nothing", number))
            .AddActivityFunc<int, int>("Nothing", (_, number) => number));
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = Path.Combine(folder, "state");
            options.FunctionAssemblies.Add(typeof(EngineBenchmark).Assembly);
            options.Timers = false;
            options.CachedOrchestrations = cachedOrchestrations;
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static double CommitsPerSecond(string folder)
    {
        const int Commits = 5000;
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "commits.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO t (b) VALUES ('a row of some hundred bytes, as a step of an orchestration may have it, give or take a few of them')";
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Commits; i++)
        {
            command.ExecuteNonQuery();
        }

        return Commits / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
