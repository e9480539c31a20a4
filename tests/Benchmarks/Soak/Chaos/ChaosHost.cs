using DurableTask.Core.Exceptions;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using EmbeddedHost.Tests;
using EmbeddedHost.Worker;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Soak.Chaos;

/// <summary>The process that is killed: a host that runs a round's workload to its end.</summary>
internal static class ChaosHost
{
    /// <summary>The verb that starts it, of no use to a person.</summary>
    public const string Verb = "chaos-host";

    /// <summary>Printed when all instances have ended and the stop begins.</summary>
    public const string Stopping = "stopping";

    /// <summary>The verb of a host whose worker is a process of its own.</summary>
    public const string ParentVerb = "chaos-host-of-worker";

    /// <param name="folder">The round's folder.</param>
    /// <param name="seed">The round's seed.</param>
    /// <param name="life">Which start of the host in this round it is, from 1.</param>
    public static async Task<int> RunAsync(string folder, int seed, int life)
    {
        ChaosFolder paths = new(folder);
        using EffectLog effects = new(paths.Effects, life);
        using var host = Build(paths, effects);
        await RunAsync(host, ChaosWorkload.Of(seed), paths);
        return 0;
    }

    /// <summary>Runs a round's workload on a child worker, which is what is killed.</summary>
    public static async Task<int> RunParentAsync(string folder, int seed)
    {
        ChaosFolder paths = new(folder);
        using var host = BuildParent(paths);
        await RunAsync(host, ChaosWorkload.Of(seed), paths);
        return 0;
    }

    private static async Task RunAsync(IHost host, ChaosWorkload workload, ChaosFolder paths)
    {
        await host.StartAsync();

        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await Task.WhenAll(workload.Instances.Select(instance => StartAsync(client, instance)));
        await Task.WhenAll(workload.Instances.Select(instance => SendAsync(client, instance, paths)));
        foreach (var instance in workload.Instances)
        {
            await client.WaitForInstanceCompletionAsync(instance.Id, CancellationToken.None);
        }

        Console.WriteLine(Stopping);
        await host.StopAsync();
    }

    private static async Task StartAsync(DurableTaskClient client, ChaosInstance instance)
    {
        try
        {
            var options = new StartOrchestrationOptions(instance.Id).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
            await client.ScheduleNewOrchestrationInstanceAsync(instance.Orchestrator, instance.Input, options, CancellationToken.None);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // An earlier life started it.
        }
    }

    // A sender as they are: what it has sent it writes down afterwards, so after a kill it may send an item again.
    private static async Task SendAsync(DurableTaskClient client, ChaosInstance instance, ChaosFolder paths)
    {
        var path = paths.Sent(instance.Id);
        var sent = File.Exists(path) ? (int)new FileInfo(path).Length : 0;
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.WriteThrough);
        for (var item = sent + 1; item <= instance.Items; item++)
        {
            try
            {
                await client.RaiseEventAsync(instance.Id, ChaosOrchestrators.Item, item, CancellationToken.None);
            }
            catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition && item == instance.Items)
            {
                // The last item was sent and all was received, but an earlier life was killed before it wrote that down.
            }

            file.WriteByte((byte)'.');
        }
    }

    private static IHost BuildParent(ChaosFolder paths)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        var command = ChaosProgram.Command(ChaosWorker.Verb, paths.Path);
        builder.Services.AddHostOf(new WorkerConfig(AppContext.BaseDirectory, command[0], command[1..]));
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.AppFolder = AppContext.BaseDirectory;
            options.StateFolder = paths.State;
            options.Timers = false;
            options.Http = null;
        });
        return builder.Build();
    }

    private static IHost Build(ChaosFolder paths, EffectLog effects)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.Logging.ClearProviders();
        builder.AddRegisteredTasks(tasks =>
        {
            ChaosOrchestrators.AddTo(tasks);
            new ChaosActivities(effects).AddTo(tasks);
        });
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = paths.State;
            options.Timers = false;
            options.Http = null;
        });
        return builder.Build();
    }
}
