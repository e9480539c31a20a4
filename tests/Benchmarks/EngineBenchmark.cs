using System.Diagnostics;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using EmbeddedHost.Tests;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>
/// The embedded host and its worker on activities that do nothing, every commit on the disk, beside what the disk and the worker protocol
/// allow by themselves. Each figure is the median of five runs after two to warm up; before them all, what is measured runs until the runtime
/// has compiled it for the last time, as it has in a host that runs for longer than a minute.
/// </summary>
internal static class EngineBenchmark
{
    private const int Warmups = 2;
    private const int Runs = 5;
    private const int Calls = 5000;
    private const int InFlight = 8;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(20);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("engine-benchmark-");
        try
        {
            var commits = await MedianAsync(() => Task.FromResult(CommitsPerSecond(folder.FullName)));
            Figure.Print("sqlite.commits_per_s", commits, "1/s");
            using var host = await StartAsync(folder.FullName);

            await WarmUpAsync(host);
            var alone = await MedianAsync(() => InvocationsPerSecondAsync(host, inFlight: 1));
            var pipelined = await MedianAsync(() => InvocationsPerSecondAsync(host, InFlight));
            Figure.Print("rpc.roundtrip_us", 1e6 / alone, "us");
            Figure.Print("rpc.pipelined.invocations_per_s", pipelined, "1/s");

            var hundred = await RateAsync(host, nameof(FanOut), 100);
            var thousand = await RateAsync(host, nameof(FanOut), 1000);
            var tenThousand = await RateAsync(host, nameof(FanOut), 10_000);
            Figure.Print("engine.fanout.100.activities_per_s", hundred, "1/s");
            Figure.Print("engine.fanout.1000.activities_per_s", thousand, "1/s, at least 2500");
            Figure.Print("engine.fanout.10000.activities_per_s", tenThousand, "1/s");
            Figure.Print("engine.fanout.1000.of_rpc_pipelined", thousand / pipelined, "ratio, at least 0.25");
            Figure.Print("engine.fanout.10000.time_of_1000s", thousand / tenThousand, "ratio, at most 1.5");

            var sequence = await RateAsync(host, nameof(Sequence), 1000);
            Figure.Print("engine.sequence.1000.activities_per_s", sequence, "1/s");
            Figure.Print("engine.sequence.1000.of_two_commits_and_two_roundtrips", sequence * ((2 / commits) + (2 / alone)), "ratio, at least 0.5");
            Figure.Print("engine.suborchestrations.1000.per_s", await RateAsync(host, nameof(Parents), 1000), "1/s");
            await host.StopAsync();
            Figure.Print("engine.peak_mb", Figure.PeakMegabytes(), "MB, at most 230");
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

    private static async Task WarmUpAsync(IHost host)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
        {
            await RunAsync(host, nameof(FanOut), 1000);
            await RunAsync(host, nameof(Sequence), 100);
            await RunAsync(host, nameof(Parents), 100);
        }
    }

    private static Task<double> RateAsync(IHost host, string orchestrator, int count) => MedianAsync(() => RunAsync(host, orchestrator, count));

    private static async Task<double> RunAsync(IHost host, string orchestrator, int count)
    {
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var start = Stopwatch.GetTimestamp();
        var id = await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, count, CancellationToken.None);
        var end = await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        return end.RuntimeStatus is OrchestrationRuntimeStatus.Completed
            ? count / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{orchestrator} ended as {end.RuntimeStatus}: {end.FailureDetails}");
    }

    // An activity as the dispatcher has it run, without the dispatcher.
    private static async Task<double> InvocationsPerSecondAsync(IHost host, int inFlight)
    {
        var worker = await host.Services.GetRequiredService<WorkerGateway>().WaitAsync(CancellationToken.None);
        var invoker = host.Services.GetRequiredService<FunctionInvoker>();
        var function = worker.App.FindActivity("Nothing")!;
        var left = Calls;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                TypedData input = new() { String = "7" };
                var request = invoker.Request(function, input);
                request.TriggerMetadata["instanceId"] = new TypedData { String = "none" };
                request.TriggerMetadata["data"] = input;
                var answer = await invoker.InvokeAsync(function, request, worker, TimeSpan.FromMinutes(1), CancellationToken.None);
                if (answer.Result.Status is not StatusResult.Types.Status.Success)
                {
                    throw new InvalidOperationException(answer.Result.Exception?.Message);
                }
            }
        })));
        return Calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> MedianAsync(Func<Task<double>> measure)
    {
        List<double> rates = [];
        for (var run = 0; run < Warmups + Runs; run++)
        {
            rates.Add(await measure());
        }

        return rates.Skip(Warmups).Order().ElementAt(Runs / 2);
    }

    private static async Task<IHost> StartAsync(string folder)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.Logging.ClearProviders();
        builder.AddRegisteredTasks(tasks => tasks
            .AddOrchestratorFunc<int, int>(nameof(FanOut), FanOut)
            .AddOrchestratorFunc<int, int>(nameof(Sequence), Sequence)
            .AddOrchestratorFunc<int, int>(nameof(Parents), Parents)
            .AddOrchestratorFunc<int, int>("Child", (context, number) => context.CallActivityAsync<int>("Nothing", number))
            .AddActivityFunc<int, int>("Nothing", (_, number) => number));
        // The host as it is where an app says nothing else: ours runs fewer activities side by side than that.
        var hostJson = Path.Combine(folder, "host.json");
        File.WriteAllText(hostJson, """{ "version": "2.0" }""");
        builder.Services.AddSingleton(HostJson.Read(hostJson));
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = Path.Combine(folder, "state");
            options.ExtendedSessions = true;
            options.Timers = false;
            options.Http = null;
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static double CommitsPerSecond(string folder)
    {
        const int Commits = 2000;
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "commits.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT)";
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
